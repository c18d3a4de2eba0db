package org.marketanalytics.simulator.feed;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.marketanalytics.simulator.faults.Fault;
import org.marketanalytics.simulator.market.Channel;
import org.marketanalytics.simulator.market.Cluster;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One WebSocket connection: greets, authenticates, takes subscriptions, sends events. */
@SuppressWarnings("FutureReturnValueIgnored") // a lost connection is told by channelInactive
final class FeedSession extends SimpleChannelInboundHandler<WebSocketFrame> implements Client {
  private static final Logger LOG = LoggerFactory.getLogger(FeedSession.class);
  private static final int STATUSES_IN_A_FRAME = 100;
  private static final int CLOSE_SECONDS = 10;

  /** A publisher that may wait does so while more than this is pending. */
  private static final long WINDOW_BYTES = 4 << 20;

  private final Cluster cluster;
  private final Feed feed;
  private final SessionRules rules;
  private final Tally tally;
  private final AtomicLong pending = new AtomicLong();
  private volatile Subscriptions subscriptions = Subscriptions.NONE;
  private final AtomicLong heldUntilNanos = new AtomicLong(Long.MIN_VALUE);
  private final AtomicLong heldFrames = new AtomicLong();
  private final Queue<Held> held = new ConcurrentLinkedQueue<>();
  private volatile boolean closing;
  private volatile boolean mute;
  private volatile ChannelHandlerContext context;
  private ScheduledFuture<?> timeout;
  private boolean authenticated;

  /** A frame that waits for its time. */
  private record Held(long dueNanos, EventBatch.Frame frame) {}

  FeedSession(Cluster cluster, Feed feed, SessionRules rules, Tally tally) {
    this.cluster = cluster;
    this.feed = feed;
    this.rules = rules;
    this.tally = tally;
  }

  /** Greets the client; to be called once its handshake is answered. */
  void open() {
    rules.connected(this);
    LOG.info("client connected cluster={} address={}", cluster.label(), address());
    status(Status.CONNECTED);
    timeout =
        context
            .executor()
            .schedule(
                () -> refuse(Status.NO_KEY_IN_TIME),
                rules.authenticationLimit().toMillis(),
                TimeUnit.MILLISECONDS);
  }

  Cluster cluster() {
    return cluster;
  }

  /** Whether the client still gets something. */
  boolean isOpen() {
    return !closing && !mute;
  }

  /** Closes as a server does that goes away. */
  void goAway() {
    close(WebSocketCloseStatus.ENDPOINT_UNAVAILABLE);
  }

  /** Ends the connection by a reset, without a close frame. */
  void abort() {
    closing = true;
    HttpRouter.reset(context.channel());
  }

  /** Sends nothing and answers nothing from now on, while the connection stays open. */
  void mute() {
    mute = true;
    subscriptions = Subscriptions.NONE;
    rules.forget(this);
    feed.leave(this);
  }

  /** Holds all events back for so long. */
  void pause(Duration time) {
    heldUntilNanos.accumulateAndGet(System.nanoTime() + time.toNanos(), Math::max);
  }

  /** Sends a frame as it is, which counts as nothing. */
  void frame(ByteBuf content) {
    context.writeAndFlush(new TextWebSocketFrame(content));
  }

  /** Tells the client the reason and closes once it has answered, or after ten seconds. */
  void close(WebSocketCloseStatus reason) {
    closing = true;
    context.writeAndFlush(new CloseWebSocketFrame(reason));
    context.executor().schedule(() -> context.close(), CLOSE_SECONDS, TimeUnit.SECONDS);
  }

  /** Waits until the connection is closed, at most that long. */
  void awaitClosed(Duration limit) {
    context.channel().closeFuture().awaitUninterruptibly(limit.toMillis());
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, WebSocketFrame frame) {
    if (mute) {
      return;
    }
    if (frame instanceof TextWebSocketFrame text) {
      if (!closing) {
        receive(text.text());
      }
    } else if (frame instanceof PingWebSocketFrame ping) {
      ctx.writeAndFlush(new PongWebSocketFrame(ping.content().retain()));
    } else if (frame instanceof CloseWebSocketFrame close) {
      if (closing) {
        ctx.close();
        return;
      }
      closing = true;
      ctx.writeAndFlush(close.retain()).addListener(ChannelFutureListener.CLOSE);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    closing = true;
    cancelTimeout();
    subscriptions = Subscriptions.NONE;
    rules.disconnected(this);
    feed.leave(this);
    LOG.info("client gone cluster={} address={}", cluster.label(), address());
    ctx.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    LOG.info(
        "client lost cluster={} address={} cause={}", cluster.label(), address(), cause.toString());
    ctx.close();
  }

  @Override
  public Subscriptions subscriptions() {
    return subscriptions;
  }

  @Override
  public long pendingBytes() {
    return closing || mute ? 0 : pending.get();
  }

  @Override
  public boolean isBehind() {
    return pendingBytes() > WINDOW_BYTES;
  }

  @Override
  public void send(EventBatch.Frame frame) {
    if (frame.isEmpty() || closing || mute) {
      return;
    }
    if (!feed.lossless() && pending.get() > rules.sendBufferBytes()) {
      dropSlow();
      return;
    }
    pending.addAndGet(frame.length());
    long now = System.nanoTime();
    long due = heldUntilNanos.get();
    Faults faults = rules.faults();
    if (!faults.isEmpty()) {
      long delayed = now + faults.delay().toNanos();
      if (delayed > now) {
        faults.count(Fault.DELAY);
        due = heldUntilNanos.accumulateAndGet(delayed, Math::max);
      }
    }
    if (due > now || heldFrames.get() > 0) {
      hold(new Held(due, frame));
    } else {
      write(frame);
    }
  }

  /** Puts a frame behind those that wait; the first of them has the way cleared when it is due. */
  private void hold(Held frame) {
    boolean first = heldFrames.incrementAndGet() == 1;
    held.add(frame);
    if (first) {
      context.executor().execute(this::sendHeld);
    }
  }

  private void sendHeld() {
    long now = System.nanoTime();
    Held frame = held.peek();
    while (frame != null && frame.dueNanos() <= now) {
      held.remove();
      write(frame.frame());
      if (heldFrames.decrementAndGet() == 0) {
        return;
      }
      frame = held.peek();
    }
    // null: one is counted and about to be added
    long wait = frame == null ? 0 : frame.dueNanos() - now;
    context.executor().schedule(this::sendHeld, wait, TimeUnit.NANOSECONDS);
  }

  private void write(EventBatch.Frame frame) {
    if (mute || closing) {
      // held back until now, and nothing follows a close frame
      pending.addAndGet(-frame.length());
      return;
    }
    context
        .writeAndFlush(new TextWebSocketFrame(Unpooled.wrappedBuffer(frame.bytes())))
        .addListener(
            written -> {
              // counted before it stops being pending: whoever drains the feed reads the final
              // count
              if (written.isSuccess()) {
                tally.written(frame);
              }
              pending.addAndGet(-frame.length());
              feed.taken();
            });
  }

  private void dropSlow() {
    closing = true;
    LOG.warn(
        "client too slow cluster={} address={} pending_bytes={}",
        cluster.label(),
        address(),
        pending.get());
    refuse(Status.TOO_SLOW);
  }

  private void receive(String text) {
    Optional<ClientMessage> message = ClientMessage.parse(text);
    if (message.isEmpty()) {
      status(Status.NOT_UNDERSTOOD);
      return;
    }
    switch (message.get().action()) {
      case "auth" -> authenticate(message.get().params());
      case "subscribe" -> subscribe(message.get());
      case "unsubscribe" -> unsubscribe(message.get());
      default -> status(Status.NOT_UNDERSTOOD);
    }
  }

  private void authenticate(String key) {
    cancelTimeout();
    Optional<Status> fault = faultOfLogin();
    if (fault.isPresent()) {
      refuse(fault.get());
    } else if (!rules.keys().accepts(key)) {
      refuse(Status.WRONG_KEY);
    } else if (!rules.keys().opensWebSocket(key)) {
      refuse(Status.NO_ACCESS);
    } else if (!authenticated && !rules.admits(this)) {
      refuse(Status.TOO_MANY);
    } else {
      authenticated = true;
      status(Status.AUTHENTICATED);
      feed.join(this);
    }
  }

  private Optional<Status> faultOfLogin() {
    Faults faults = rules.faults();
    if (faults.take(Fault.AUTH_FAILED).isPresent()) {
      return Optional.of(Status.WRONG_KEY);
    }
    if (faults.take(Fault.AUTH_TIMEOUT).isPresent()) {
      return Optional.of(Status.NO_KEY_IN_TIME);
    }
    return faults.take(Fault.MAX_CONNECTIONS).map(step -> Status.TOO_MANY);
  }

  private void subscribe(ClientMessage message) {
    if (!authenticated) {
      status(Status.NOT_AUTHORIZED);
      return;
    }
    Subscriptions.Change change = new Subscriptions.Change(subscriptions);
    List<String> answers = new ArrayList<>();
    for (String pair : message.pairs()) {
      Topic.parse(pair, cluster)
          .ifPresent(
              topic -> {
                set(change, topic, true);
                answers.add(Status.subscribed(pair));
              });
    }
    statuses(answers);
    subscriptions = change.done();
    feed.refresh();
  }

  private void unsubscribe(ClientMessage message) {
    if (!authenticated) {
      status(Status.NOT_AUTHORIZED);
      return;
    }
    Subscriptions.Change change = new Subscriptions.Change(subscriptions);
    List<String> answers = new ArrayList<>();
    for (String pair : message.pairs()) {
      Topic.parse(pair, cluster)
          .ifPresent(
              topic -> {
                set(change, topic, false);
                answers.add(Status.unsubscribed(pair));
              });
    }
    subscriptions = change.done();
    feed.refresh();
    statuses(answers);
  }

  private void cancelTimeout() {
    if (timeout != null) {
      timeout.cancel(false);
    }
  }

  private void set(Subscriptions.Change change, Topic topic, boolean wanted) {
    if (topic.everything()) {
      change.setEverything(topic.channel(), wanted);
    } else {
      change.set(topic.channel(), feed.symbols().number(topic.symbol()), wanted);
    }
  }

  /** Says why and closes: policy violation (1008), as the feed does. */
  void refuse(Status status) {
    LOG.info(
        "client refused cluster={} address={} status={}",
        cluster.label(),
        address(),
        status.name());
    status(status);
    close(WebSocketCloseStatus.POLICY_VIOLATION);
  }

  private void status(Status status) {
    text("[" + status.json() + "]");
  }

  private void statuses(List<String> statuses) {
    for (int from = 0; from < statuses.size(); from += STATUSES_IN_A_FRAME) {
      int to = Math.min(statuses.size(), from + STATUSES_IN_A_FRAME);
      text("[" + String.join(",", statuses.subList(from, to)) + "]");
    }
  }

  private void text(String text) {
    context.writeAndFlush(new TextWebSocketFrame(text));
  }

  private Object address() {
    return context.channel().remoteAddress();
  }

  /** A pair of channel and symbol. */
  private record Topic(Channel channel, String symbol) {
    /**
     * The topic of {@code A.AAPL}; empty where the cluster has no such channel: the feed is silent
     * then.
     */
    static Optional<Topic> parse(String pair, Cluster cluster) {
      int dot = pair.indexOf('.');
      if (dot < 1 || dot == pair.length() - 1) {
        return Optional.empty();
      }
      return Channel.named(pair.substring(0, dot))
          .filter(cluster::carries)
          .map(channel -> new Topic(channel, pair.substring(dot + 1)));
    }

    boolean everything() {
      return symbol.equals("*");
    }
  }
}
