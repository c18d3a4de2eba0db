package org.marketanalytics.simulator.feed;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.marketanalytics.simulator.faults.Fault;
import org.marketanalytics.simulator.faults.FaultStep;
import org.marketanalytics.simulator.market.Cluster;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The first handler of a connection: answers plain requests, makes feed sessions of WebSocket
 * handshakes.
 */
@SuppressWarnings("FutureReturnValueIgnored") // whom an answer does not reach has gone
final class HttpRouter extends SimpleChannelInboundHandler<FullHttpRequest> {
  private static final Logger LOG = LoggerFactory.getLogger(HttpRouter.class);
  private static final int MAX_MESSAGE_BYTES = 4 << 20;
  private static final String BEARER = "Bearer ";

  private final FeedSessions sessions;
  private final RestInterface rest;
  private final Control control;
  private final Faults faults;

  HttpRouter(FeedSessions sessions, RestInterface rest, Control control, Faults faults) {
    this.sessions = sessions;
    this.rest = rest;
    this.control = control;
    this.faults = faults;
  }

  /** Makes the session for a connection to a cluster; empty where there is no such feed. */
  @FunctionalInterface
  interface FeedSessions {
    Optional<FeedSession> open(Cluster cluster);
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
    if (!request.decoderResult().isSuccess()) {
      answer(ctx, request, Answer.error(400, "not an HTTP request"));
      return;
    }
    QueryStringDecoder uri = new QueryStringDecoder(request.uri());
    if (request.headers().containsValue(HttpHeaderNames.UPGRADE, "websocket", true)) {
      upgrade(ctx, request, uri.path());
      return;
    }
    respond(ctx, request, uri)
        .whenComplete(
            (answer, failure) ->
                answer(
                    ctx,
                    request,
                    failure == null ? answer : Answer.error(500, failure.toString())));
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    LOG.debug("request failed", cause);
    ctx.close();
  }

  private void upgrade(ChannelHandlerContext ctx, FullHttpRequest request, String path) {
    String name =
        path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    Optional<FeedSession> opened = Cluster.named(name).flatMap(sessions::open);
    if (opened.isEmpty()) {
      answer(ctx, request, Answer.error(404, "no feed at " + path));
      return;
    }
    if (faults.take(Fault.REFUSE).isPresent()) {
      answer(ctx, request, Answer.error(503, "no connections are taken at the moment"));
      return;
    }
    WebSocketServerHandshaker handshaker =
        new WebSocketServerHandshakerFactory(path, null, false, MAX_MESSAGE_BYTES)
            .newHandshaker(request);
    if (handshaker == null) {
      WebSocketServerHandshakerFactory.sendUnsupportedVersionResponse(ctx.channel());
      return;
    }
    FeedSession session = opened.get();
    ctx.pipeline().addLast(new WebSocketFrameAggregator(MAX_MESSAGE_BYTES), session);
    handshaker
        .handshake(ctx.channel(), request)
        .addListener(
            done -> {
              if (done.isSuccess()) {
                session.open();
              }
            });
    ctx.pipeline().remove(this);
  }

  private CompletableFuture<Answer> respond(
      ChannelHandlerContext ctx, FullHttpRequest request, QueryStringDecoder uri) {
    String path = uri.path();
    boolean get = request.method().equals(HttpMethod.GET);
    if (path.equals("/control/stop") && request.method().equals(HttpMethod.POST)) {
      return control.stop();
    }
    if (path.equals("/control/stats") && get) {
      return CompletableFuture.completedFuture(control.stats());
    }
    if (path.equals("/control/faults")) {
      return control.faults(request.method(), ByteBufUtil.getBytes(request.content()));
    }
    if (path.startsWith("/control/") || !get) {
      return CompletableFuture.completedFuture(
          Answer.error(404, "no " + request.method() + " " + path));
    }
    String key = key(request, uri);
    String base = base(ctx, request);
    return faults
        .take(Fault.REST)
        .map(fault -> faulty(ctx, fault, () -> rest.answer(uri, key, base)))
        .orElseGet(() -> CompletableFuture.completedFuture(rest.answer(uri, key, base)));
  }

  private static CompletableFuture<Answer> faulty(
      ChannelHandlerContext ctx, FaultStep fault, Supplier<Answer> rightly) {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    switch (fault.word("answer")) {
      case "429" ->
          answer.complete(Answer.tooMany(fault.seconds("retry_after").orElseThrow().toSeconds()));
      case "500" -> answer.complete(Answer.error(500, "internal server error"));
      case "slow" ->
          ctx.executor()
              .schedule(
                  () -> answer.complete(rightly.get()),
                  fault.seconds("by").orElseThrow().toMillis(),
                  TimeUnit.MILLISECONDS);
      default -> reset(ctx.channel());
    }
    return answer;
  }

  private static String key(FullHttpRequest request, QueryStringDecoder uri) {
    List<String> parameter = uri.parameters().getOrDefault("apiKey", List.of());
    if (!parameter.isEmpty()) {
      return parameter.get(0);
    }
    String header = request.headers().get(HttpHeaderNames.AUTHORIZATION, "");
    return header.startsWith(BEARER) ? header.substring(BEARER.length()).strip() : "";
  }

  /** Ends a connection without a word: the other side sees a reset. */
  static void reset(Channel channel) {
    channel.config().setOption(ChannelOption.SO_LINGER, 0);
    channel.close();
  }

  private static String base(ChannelHandlerContext ctx, FullHttpRequest request) {
    InetSocketAddress local = (InetSocketAddress) ctx.channel().localAddress();
    String address = local.getAddress().getHostAddress() + ":" + local.getPort();
    return "http://" + request.headers().get(HttpHeaderNames.HOST, address);
  }

  private static void answer(ChannelHandlerContext ctx, FullHttpRequest request, Answer answer) {
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(answer.code()),
            Unpooled.wrappedBuffer(answer.bytes()));
    response.headers().set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON);
    answer.headers().forEach((name, value) -> response.headers().set(name, value));
    HttpUtil.setContentLength(response, response.content().readableBytes());
    HttpUtil.setKeepAlive(response, HttpUtil.isKeepAlive(request));
    ChannelFuture written = ctx.writeAndFlush(response);
    if (!HttpUtil.isKeepAlive(request)) {
      written.addListener(ChannelFutureListener.CLOSE);
    }
  }
}
