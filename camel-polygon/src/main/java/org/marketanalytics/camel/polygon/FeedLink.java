package org.marketanalytics.camel.polygon;

import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One WebSocket connection. The client library's thread reads it and hands frames to the sink; the
 * thread that opened it steers: it polls signals, sends, pings and closes.
 *
 * <p>The library reads the socket again only when the sink has returned, so a blocked sink stops
 * the reading and TCP stops the sender.
 */
final class FeedLink extends Endpoint implements AutoCloseable {

  /** Sent by nobody: the code of a connection that ended without a close frame. */
  static final int ABNORMAL = 1006;

  /**
   * The library limits the handshake by itself and then closes the socket, which interrupting it
   * would not do; it has no limit for what comes before.
   */
  private static final Duration GRACE = Duration.ofMillis(500);

  /** The library's words when that limit is over. */
  private static final String NO_HANDSHAKE = "Handshake response not received.";

  private static final AtomicLong NUMBERS = new AtomicLong();

  private final long number = NUMBERS.incrementAndGet();
  private final FeedAddress address;
  private final int maxFrameSize;
  private final FrameSink sink;
  private final BlockingQueue<LinkSignal> signals = new LinkedBlockingQueue<>();
  private volatile Session session;
  private volatile boolean over;
  private volatile boolean handingOver;
  private volatile boolean delivered;
  private volatile long lastLifeNanos = System.nanoTime();

  FeedLink(FeedAddress address, int maxFrameSize, FrameSink sink) {
    this.address = address;
    this.maxFrameSize = maxFrameSize;
    this.sink = sink;
  }

  /**
   * Connects.
   *
   * @param client the configured library
   * @param connector runs the library's blocking call, which knows no limit of its own
   * @throws FeedLostException if there is no connection in time
   */
  void open(FeedClient client, ExecutorService connector, Duration timeout)
      throws FeedLostException, InterruptedException {
    ClientEndpointConfig config =
        ClientEndpointConfig.Builder.create().extensions(List.of(new TextAsBytes())).build();
    Future<Session> opening =
        connector.submit(() -> client.container().connectToServer(this, config, address.uri()));
    String tooLate = "no connection within " + timeout.toMillis() + " ms";
    try {
      opening.get(timeout.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new FeedLostException(tooLate);
    } catch (ExecutionException e) {
      boolean late = NO_HANDSHAKE.equals(e.getCause().getMessage()) || ConnectFailure.isTimeout(e);
      throw late ? new FeedLostException(tooLate) : ConnectFailure.of(e.getCause(), address);
    } finally {
      opening.cancel(true);
    }
  }

  @Override
  public void onOpen(Session opened, EndpointConfig config) {
    opened.addMessageHandler(String.class, this::text);
    opened.addMessageHandler(byte[].class, this::bytes);
    opened.addMessageHandler(PongMessage.class, pong -> alive());
    session = opened;
    alive();
    if (over) {
      close();
    }
  }

  @Override
  public void onClose(Session closed, CloseReason reason) {
    int code = reason.getCloseCode().getCode();
    String text = reason.getReasonPhrase();
    signals.add(new LinkSignal.Closed(code, text == null || code == ABNORMAL ? "" : text));
  }

  @Override
  public void onError(Session failed, Throwable error) {
    signals.add(new LinkSignal.Closed(ABNORMAL, ConnectFailure.describe(error)));
  }

  /** A text in fragments; all others come as {@link TextAsBytes}. */
  private void text(String text) {
    bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  private void bytes(byte[] frame) {
    alive();
    StatusFrame status = StatusFrame.of(frame);
    signals.addAll(status.statuses());
    if (!status.pure()) {
      hand(frame);
    }
  }

  private void hand(byte[] frame) {
    if (over) {
      return;
    }
    if (frame.length > maxFrameSize) {
      signals.add(new LinkSignal.Closed(CloseReason.CloseCodes.TOO_BIG.getCode(), ""));
      return;
    }
    handingOver = true;
    try {
      delivered = true;
      sink.frame(frame, number);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      alive(); // before the flag, or the watch would take the time of the hand-over for silence
      handingOver = false;
    }
  }

  private void alive() {
    lastLifeNanos = System.nanoTime();
  }

  /** The next signal, or {@code null} if there is none in time. */
  LinkSignal poll(Duration timeout) throws InterruptedException {
    return signals.poll(timeout.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** How long nothing has come; zero while the route holds the reader back. */
  Duration silence() {
    return handingOver ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - lastLifeNanos);
  }

  /** Greater than that of any link made before in this process, from 1. */
  long number() {
    return number;
  }

  /** Whether a frame of market events has come. */
  boolean delivered() {
    return delivered;
  }

  /** Sends a text and waits until the system has taken it. */
  void send(String text, Duration timeout) throws FeedLostException, InterruptedException {
    try {
      session.getAsyncRemote().sendText(text).get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new FeedLostException("the feed takes no message for " + timeout.toMillis() + " ms");
    } catch (ExecutionException | IllegalStateException e) {
      throw new FeedLostException("cannot send: " + ConnectFailure.describe(e));
    }
  }

  /** Asks the other end for a sign of life. */
  void ping() throws FeedLostException {
    try {
      session.getAsyncRemote().sendPing(ByteBuffer.allocate(0));
    } catch (IOException | IllegalStateException e) {
      throw new FeedLostException("cannot ping: " + ConnectFailure.describe(e));
    }
  }

  /** Ends the link with the close code 1000; frames that still come are dropped. */
  @Override
  public void close() {
    over = true;
    Session current = session;
    if (current == null || !current.isOpen()) {
      return;
    }
    try {
      current.close(new CloseReason(CloseReason.CloseCodes.NORMAL_CLOSURE, ""));
    } catch (IOException | IllegalStateException e) {
      // it is gone already, which is what was wanted
    }
  }
}
