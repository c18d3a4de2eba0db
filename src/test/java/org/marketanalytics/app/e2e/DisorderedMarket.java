package org.marketanalytics.app.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Writes events onto market.raw while a test goes on, twenty seconds of a market each second: a
 * fifth of them late within the lateness of two minutes, some sent again with other numbers, some
 * too late, heartbeats between them.
 */
final class DisorderedMarket implements AutoCloseable {

  private static final Instant START = Instant.parse("2026-03-02T14:30:00Z");
  private static final Duration PACE = Duration.ofMillis(50);
  private static final long SECOND = 1_000;
  private static final int HEARTBEAT_SECONDS = 10;

  /** Longer than any event is delayed, and until the last bar is final. */
  private static final int SECONDS_AFTER_THE_END = 600;

  private static final List<String> SYMBOLS =
      IntStream.range(0, 30)
          .mapToObj(i -> "S" + (char) ('A' + i % 26) + (char) ('A' + i / 26))
          .toList();

  private record Sent(long atMillis, String symbol, String event) {}

  private final Random random;
  private final MarketEvents events;
  private final int partitions;
  private final KafkaProducer<String, String> producer;
  private final PriorityQueue<Sent> waiting =
      new PriorityQueue<>(Comparator.comparingLong(Sent::atMillis));
  private final List<Future<?>> written = new ArrayList<>();
  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
  private final ScheduledFuture<?> trading;
  private long nowMillis = START.toEpochMilli();
  private volatile Duration lasted = Duration.ZERO;

  /** Begins to write. */
  DisorderedMarket(String bootstrapServers, int partitions, long seed) {
    this.random = new Random(seed);
    this.events = new MarketEvents(random);
    this.partitions = partitions;
    this.producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers),
            new StringSerializer(),
            new StringSerializer());
    this.trading =
        thread.scheduleAtFixedRate(() -> second(true), 0, PACE.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** How long it has been open, by its own clock. */
  Duration lasted() {
    return lasted;
  }

  /** Ends the market: sends what is still to come, and heartbeats until all bars are final. */
  void end() throws Exception {
    trading.cancel(false);
    Future<?> rest =
        thread.submit(() -> IntStream.range(0, SECONDS_AFTER_THE_END).forEach(i -> second(false)));
    rest.get();
    producer.flush();
    for (Future<?> record : written) {
      record.get();
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
    producer.close();
  }

  private void second(boolean open) {
    if (open) {
      SYMBOLS.stream().filter(symbol -> random.nextInt(10) < 8).forEach(this::trade);
    }
    nowMillis += SECOND;
    lasted = Duration.ofMillis(nowMillis - START.toEpochMilli());
    while (!waiting.isEmpty() && waiting.peek().atMillis() <= nowMillis) {
      Sent due = waiting.remove();
      send(new ProducerRecord<>("market.raw", due.symbol(), due.event()), "A");
    }
    if (nowMillis / SECOND % HEARTBEAT_SECONDS == 0) {
      String beat = "{\"ev\":\"heartbeat\",\"t\":" + nowMillis + "}";
      IntStream.range(0, partitions)
          .forEach(p -> send(new ProducerRecord<>("market.raw", p, null, beat), "heartbeat"));
    }
  }

  private void trade(String symbol) {
    int chance = random.nextInt(100);
    long delay = chance < 2 ? 200 + random.nextInt(200) : chance < 22 ? random.nextInt(115) : 0;
    later(symbol, delay);
    if (random.nextInt(100) < 5) {
      later(symbol, random.nextInt(115));
    }
  }

  private void later(String symbol, long seconds) {
    String event = events.second(symbol, nowMillis);
    waiting.add(new Sent(nowMillis + SECOND + seconds * SECOND, symbol, event));
  }

  private void send(ProducerRecord<String, String> record, String ev) {
    record.headers().add("ev", ev.getBytes(UTF_8));
    record.headers().add("received", Long.toString(nowMillis + 20).getBytes(UTF_8));
    record.headers().add("origin", "live".getBytes(UTF_8));
    written.add(producer.send(record));
  }
}
