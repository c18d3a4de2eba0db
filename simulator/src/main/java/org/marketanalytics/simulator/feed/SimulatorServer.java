package org.marketanalytics.simulator.feed;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.marketanalytics.simulator.faults.BadStep;
import org.marketanalytics.simulator.market.Cluster;
import org.marketanalytics.simulator.market.Market;
import org.marketanalytics.simulator.market.MarketSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The simulator on its port of the loopback interface. */
@SuppressWarnings("FutureReturnValueIgnored") // what fails is logged where it is done
public final class SimulatorServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SimulatorServer.class);
  private static final long RETRY_MILLIS = 50;
  private static final int IO_THREADS = 2;
  private static final int MAX_REQUEST_BYTES = 1 << 16;
  private static final Duration GOODBYE = Duration.ofSeconds(1);

  /** How many symbols a recording is taken to have when room for its history is made. */
  private static final int REPLAYED_SYMBOLS = 500;

  private final Tally tally = new Tally();
  private final Map<Cluster, Feed> feeds = new EnumMap<>(Cluster.class);
  private final List<BarHistory> histories = new ArrayList<>();
  private final List<Source> sources = new ArrayList<>();
  private final SessionRules rules;
  private final Keys keys;
  private final EventLoopGroup threads =
      new MultiThreadIoEventLoopGroup(IO_THREADS, NioIoHandler.newFactory());
  private final Faults faults = new Faults(System::nanoTime);
  private final FaultPlan plan;
  private final Optional<Journal> journal;
  private ServerBootstrap bootstrap;
  private int port;
  private volatile boolean closed;
  private volatile Channel socket;

  private SimulatorServer(ServerSettings settings) throws IOException, BadStep {
    keys = new Keys(settings.keys(), settings.keysWithoutAccess(), settings.keysWithoutRest());
    rules =
        new SessionRules(
            keys,
            faults,
            settings.maxConnections(),
            settings.authenticationLimit(),
            settings.sendBufferBytes());
    plan = new FaultPlan(faults, rules, this::shut, settings.replay().isPresent());
    plan.load(settings.faults());
    journal =
        settings.journal().isPresent()
            ? Optional.of(new Journal(settings.journal().get()))
            : Optional.empty();
    // the histories of all clusters together stay below half of the heap: bars a quarter, trades
    // one
    long share = Runtime.getRuntime().maxMemory() / 4 / Math.max(1, settings.markets().size());
    settings.markets().forEach(market -> open(market, settings, share));
    settings.replay().ifPresent(file -> replay(file, settings, share));
  }

  /**
   * Starts a server.
   *
   * @throws IOException if it cannot listen on the port, or not write the journal
   * @throws BadStep if a step of the script cannot be played
   */
  public static SimulatorServer start(ServerSettings settings) throws IOException, BadStep {
    SimulatorServer server = new SimulatorServer(settings);
    try {
      server.listen(settings);
    } catch (IOException e) {
      server.close();
      throw e;
    }
    server.sources.forEach(source -> source.begun().thenRun(server.plan::begin));
    server.ended().whenComplete((ended, failure) -> server.finish());
    server.sources.forEach(Source::start);
    return server;
  }

  /** The port it listens on. */
  public int port() {
    return port;
  }

  /**
   * Completed when all that was to be sent is sent: the end of a replay, or of a market that was
   * stopped.
   */
  public CompletableFuture<Void> ended() {
    return CompletableFuture.allOf(
        sources.stream().map(Source::ended).toArray(CompletableFuture[]::new));
  }

  /** Says goodbye to the clients and stops listening; waits at most a few seconds. */
  @Override
  public void close() {
    closed = true;
    plan.close();
    sources.forEach(Source::close);
    rules.sessions().forEach(session -> session.close(WebSocketCloseStatus.ENDPOINT_UNAVAILABLE));
    if (socket != null) {
      socket.close().awaitUninterruptibly(1, TimeUnit.SECONDS);
    }
    long end = System.nanoTime() + GOODBYE.toNanos();
    rules
        .sessions()
        .forEach(session -> session.awaitClosed(Duration.ofNanos(end - System.nanoTime())));
    finish();
    threads.shutdownGracefully(100, 2_000, TimeUnit.MILLISECONDS).awaitUninterruptibly(3_000);
  }

  private void open(MarketSettings market, ServerSettings settings, long memory) {
    List<String> symbols = Market.symbols(market.cluster(), market.symbols());
    Feed feed =
        new Feed(symbols, settings.lossless(), new TradeHistory(memory), tally, journal, faults);
    BarHistory history =
        new BarHistory(
            market.cluster(), symbols, settings.history(), memory / BarRing.BYTES_OF_A_BAR);
    if (history.reach().compareTo(settings.history()) < 0) {
      LOG.warn(
          "history reaches back {} instead of {}: a larger heap makes room cluster={} symbols={}",
          history.reach(),
          settings.history(),
          market.cluster().label(),
          market.symbols());
    }
    feeds.put(market.cluster(), feed);
    histories.add(history);
    sources.add(new MarketLoop(market, settings.pace(), settings.frames(), feed, history));
  }

  /**
   * One feed for all clusters: its clients tell by their subscriptions what they want of the
   * recording.
   */
  private void replay(Path file, ServerSettings settings, long memory) {
    Feed feed = new Feed(List.of(), true, new TradeHistory(memory), tally, journal, faults);
    Map<Cluster, BarHistory> kept = new EnumMap<>(Cluster.class);
    for (Cluster cluster : Cluster.values()) {
      feeds.put(cluster, feed);
      kept.put(
          cluster,
          new BarHistory(
              cluster,
              List.of(),
              settings.history(),
              memory / BarRing.BYTES_OF_A_BAR / REPLAYED_SYMBOLS));
    }
    histories.addAll(kept.values());
    sources.add(
        new ReplayLoop(file, settings.pace(), settings.frames(), feed, new ReplayHistory(kept)));
  }

  private void listen(ServerSettings settings) throws IOException {
    boolean sessions = settings.markets().stream().anyMatch(MarketSettings::sessions);
    RestInterface rest =
        new RestInterface(
            keys,
            new RequestRate(settings.restLimit(), System::nanoTime),
            new AggregatesEndpoint(histories),
            new TradesEndpoint(Set.copyOf(feeds.values())),
            new MarketStatusEndpoint(sessions, sources.get(0)::now));
    Control control = new Control(sources, tally, rules, plan, this::finish);
    bootstrap =
        new ServerBootstrap()
            .group(threads)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel connection) {
                    connection
                        .pipeline()
                        .addLast(
                            new HttpServerCodec(),
                            new HttpObjectAggregator(MAX_REQUEST_BYTES),
                            new HttpRouter(SimulatorServer.this::session, rest, control, faults));
                  }
                });
    InetSocketAddress address = new InetSocketAddress(settings.host(), settings.port());
    ChannelFuture bound = bootstrap.bind(address).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new IOException(
          "port " + settings.port() + ": " + bound.cause().getMessage(), bound.cause());
    }
    socket = bound.channel();
    port = ((InetSocketAddress) socket.localAddress()).getPort();
  }

  /** Closes the port, and opens it again after a time; connections stay. */
  private void shut(Duration time) {
    SocketAddress address = socket.localAddress();
    socket.close().awaitUninterruptibly();
    LOG.info("port closed port={} for={}", port, time);
    threads.schedule(() -> open(address), time.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void open(SocketAddress address) {
    if (!closed) {
      bootstrap
          .bind(address)
          .addListener(
              (ChannelFuture bound) -> {
                if (bound.isSuccess()) {
                  socket = bound.channel();
                  LOG.info("port open port={}", port);
                } else {
                  threads.schedule(() -> open(address), RETRY_MILLIS, TimeUnit.MILLISECONDS);
                }
              });
    }
  }

  /** Nothing more is made: whoever reads the journal finds its end. */
  private void finish() {
    journal.ifPresent(
        file -> {
          try {
            file.close();
          } catch (IOException e) {
            LOG.error("journal not ended cause={}", e.toString());
          }
        });
  }

  private Optional<FeedSession> session(Cluster cluster) {
    return Optional.ofNullable(feeds.get(cluster))
        .map(feed -> new FeedSession(cluster, feed, rules, tally));
  }
}
