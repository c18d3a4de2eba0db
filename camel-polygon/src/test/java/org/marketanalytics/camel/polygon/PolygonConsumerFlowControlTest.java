package org.marketanalytics.camel.polygon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;
import org.junit.jupiter.api.Test;

class PolygonConsumerFlowControlTest extends PolygonTestSupport {

  /** A route step that finishes frames only when told to. */
  private static final class Desk extends AsyncProcessorSupport {
    private final BlockingQueue<Runnable> waiting = new LinkedBlockingQueue<>();
    private final List<Integer> order = Collections.synchronizedList(new ArrayList<>());

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
      byte[] frame = exchange.getIn().getBody(byte[].class);
      order.add(Integer.parseInt(new String(frame, 1, 7, StandardCharsets.UTF_8)));
      waiting.add(() -> callback.done(false));
      return false;
    }
  }

  /** A frame of 8 KiB that begins with its number. */
  private static byte[] numbered(int number) {
    return utf8(String.format("[%07d,\"%s\"]", number, "x".repeat(8192)));
  }

  @Test
  void stopsTheServerWhenTheRouteIsSlowAndBuffersNothing() throws Exception {
    AtomicInteger sent = new AtomicInteger();
    Desk desk = new Desk();
    int frameCount = 10_000; // 80 MiB, many times what the system's socket buffers hold
    try (ScriptedFeed feed =
        ScriptedFeed.live(
            peer -> {
              while (sent.get() < frameCount) {
                peer.sendText(numbered(sent.get()));
                sent.incrementAndGet();
              }
              peer.readUntilClosed();
            })) {

      route(feed, "maxInFlight=4", desk);
      awaitUntil(() -> desk.waiting.size() == 4);
      int stalledAt = awaitStall(sent);

      assertThat(stalledAt).isLessThan(frameCount / 2);
      assertThat(desk.order).containsExactly(0, 1, 2, 3);
      assertThat(feedConsumer().getFramesInFlight()).isEqualTo(4);

      ExecutorService clerk = Executors.newSingleThreadExecutor();
      clerk.execute(
          () -> {
            for (int i = 0; i < frameCount; i++) {
              take(desk.waiting).run();
            }
          });
      awaitUntil(() -> desk.order.size() == frameCount);
      clerk.shutdown();

      assertThat(desk.order).isEqualTo(IntStream.range(0, frameCount).boxed().toList());
      awaitUntil(() -> feedConsumer().getFramesInFlight() == 0);
    }
  }

  @Test
  void stopsTheServerWhenTheFramesInFlightAreTooManyBytes() throws Exception {
    AtomicInteger sent = new AtomicInteger();
    Desk desk = new Desk();
    int frameCount = 5000; // 40 MiB
    try (ScriptedFeed feed =
        ScriptedFeed.live(
            peer -> {
              while (sent.get() < frameCount) {
                peer.sendText(numbered(sent.get()));
                sent.incrementAndGet();
              }
              peer.readUntilClosed();
            })) {

      route(feed, "maxInFlight=1000&maxInFlightBytes=65536", desk);
      int stalledAt = awaitStall(sent);

      assertThat(stalledAt).isLessThan(frameCount);
      assertThat(desk.order).containsExactly(0, 1, 2, 3, 4, 5, 6); // 8 KiB and a few bytes each
      assertThat(feedConsumer().getBytesInFlight())
          .isEqualTo(7L * numbered(0).length)
          .isLessThanOrEqualTo(65_536);

      take(desk.waiting).run();
      awaitUntil(() -> desk.order.size() == 8);
    }
  }

  @Test
  void handsAFrameThatIsBiggerThanTheBoundOverAlone() throws Exception {
    Desk desk = new Desk();
    byte[] big = utf8("[0000001,\"" + "x".repeat(100_000) + "\"]");
    try (ScriptedFeed feed =
        ScriptedFeed.live(
            peer -> {
              peer.sendText(numbered(0));
              peer.sendText(big);
              peer.sendText(numbered(2));
              peer.readUntilClosed();
            })) {

      route(feed, "maxInFlight=1000&maxInFlightBytes=65536", desk);
      awaitUntil(() -> desk.waiting.size() == 1);
      assertThat(desk.order).containsExactly(0);

      take(desk.waiting).run();
      awaitUntil(() -> desk.order.size() == 2);
      assertThat(feedConsumer().getBytesInFlight()).isEqualTo(big.length);

      take(desk.waiting).run();
      awaitUntil(() -> desk.order.size() == 3);
      take(desk.waiting).run();
      awaitUntil(() -> feedConsumer().getBytesInFlight() == 0);
      assertThat(desk.order).containsExactly(0, 1, 2);
    }
  }

  /** Waits until the server has sent nothing for a while. */
  private int awaitStall(AtomicInteger sent) {
    int[] last = {-1};
    long[] since = {System.nanoTime()};
    awaitUntil(
        () -> {
          int now = sent.get();
          if (now != last[0]) {
            last[0] = now;
            since[0] = System.nanoTime();
          }
          return System.nanoTime() - since[0] > 300_000_000L;
        });
    return last[0];
  }

  private static Runnable take(BlockingQueue<Runnable> queue) {
    try {
      return queue.take();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Sends so many frames, each with its number in it. */
  private static ScriptedFeed counting(int frameCount) throws IOException {
    return ScriptedFeed.live(
        peer -> {
          for (int i = 0; i < frameCount; i++) {
            peer.send("[" + i + "]");
          }
          peer.readUntilClosed();
        });
  }

  @Test
  void keepsTheOrderWhileTheRouteIsSynchronous() throws Exception {
    int frameCount = 5000;
    try (ScriptedFeed feed = counting(frameCount)) {

      collect(feed, "maxInFlight=1");
      awaitFrames(frameCount);

      assertThat(frames)
          .isEqualTo(IntStream.range(0, frameCount).mapToObj(i -> "[" + i + "]").toList());
    }
  }

  @Test
  void wakesNoTimerForAFrame() throws Exception {
    int frameCount = 100;
    try (ScriptedFeed feed = counting(frameCount)) {

      collect(feed, "");
      awaitFrames(frameCount);

      assertThat(Thread.getAllStackTraces().keySet())
          .extracting(Thread::getName)
          .contains("polygon-read")
          .noneMatch(name -> name.startsWith("tyrus-"));
    }
  }

  @Test
  void handsEachFrameOnWithATimeThatNeverGoesBack() throws Exception {
    List<Long> received = Collections.synchronizedList(new ArrayList<>());
    try (ScriptedFeed feed =
        ScriptedFeed.live(
            peer -> {
              for (int i = 0; i < 1000; i++) {
                peer.send(TRADE);
              }
              peer.readUntilClosed();
            })) {

      route(
          feed,
          "",
          exchange ->
              received.add(exchange.getIn().getHeader(PolygonConstants.RECEIVED, Long.class)));
      awaitUntil(() -> received.size() == 1000);

      assertThat(received).isSorted();
    }
  }
}
