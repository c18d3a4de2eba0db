package org.marketanalytics.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.marketanalytics.app.Servers;
import org.marketanalytics.local.Application;
import org.marketanalytics.local.DatabaseProduct;
import org.marketanalytics.local.Job;
import org.marketanalytics.local.Simulator;

/**
 * A flat file of an hour, sorted by symbol, is replayed beside a live market; the application is
 * stopped on its way, killed half-way, and started again.
 */
class ReplayIT {
  private static final Instant OPEN = Instant.parse("2026-03-02T14:30:00Z");
  private static final int SECONDS = 3600;
  private static final long SLIDE = 5_000;
  private static final String NAME = "2026-03-02.csv.gz";
  private static final String BAD_LINE = "ZZ.B,12,nothing,1,1,1,1772461800000000000,3";

  /** No symbol of the simulator begins like this. */
  private static final List<String> SYMBOLS = List.of("ZZ.A", "ZZ.B", "ZZ.C");

  @TempDir private Path directory;

  /** A second as the file has it. */
  private record Line(
      String symbol,
      long start,
      BigDecimal open,
      BigDecimal high,
      BigDecimal low,
      BigDecimal close,
      BigDecimal volume,
      int trades) {

    String csv() {
      return "%s,%s,%s,%s,%s,%s,%d000000,%d"
          .formatted(symbol, volume.toPlainString(), open, close, high, low, start, trades);
    }

    Oracle.Second second(long received) {
      BigDecimal size = volume.divide(BigDecimal.valueOf(trades), 0, RoundingMode.HALF_UP);
      long count =
          size.signum() == 0
              ? 1
              : volume.divide(size, 0, RoundingMode.HALF_UP).max(BigDecimal.ONE).longValue();
      return new Oracle.Second(start, open, high, low, close, volume, null, count, received);
    }
  }

  @Test
  void aFileThatWasInterruptedEndsInTheRowsOfAFileThatWasNot() throws Exception {
    List<Line> market = market(new Random(7));
    Path folder = Files.createDirectories(directory.resolve("history/second_aggs/2026/03"));
    try (Servers servers = Servers.start(directory, DatabaseProduct.AUTO);
        Simulator feed =
            Simulator.start(directory.resolve("feed"), 0, "--symbols", "3", "--rate", "20");
        Job job = Job.start(directory.resolve("job"), servers.broker().bootstrapServers())) {
      assertThat(job.pid()).isPositive();
      Map<String, String> environment =
          new HashMap<>(servers.configuration("file:routes/*.camel.yaml"));
      environment.put("MARKET_FEED_URL", feed.webSocketUrl("stocks"));
      environment.put("MARKET_REPLAY_FOLDER", directory.resolve("history").toString());
      // an hour of a symbol in four seconds, so that there is a half-way
      environment.put("MARKET_REPLAY_SPEED", "1000");
      try (Application first = servers.application(environment)) {
        write(folder, market);
        awaitSymbol(servers, "ZZ.A");
        assertThat(first.pid()).isPositive();
      }
      assertThat(folder.resolve(NAME)).as("not finished").exists();
      assertThat(directory.resolve("application/application.log"))
          .content()
          .contains("replay interrupted file=second_aggs/2026/03/" + NAME)
          .doesNotContain("\tat ");

      try (Application second = servers.application(environment)) {
        awaitSymbol(servers, "ZZ.B");
        second.kill();
      }
      int atTheKill = replayed(servers).size();
      assertThat(atTheKill).isLessThan(market.size());

      environment.put("MARKET_REPLAY_SPEED", "max");
      try (Application third = servers.application(environment)) {
        assertThat(third.pid()).isPositive();
        await("the end of the file")
            .atMost(Duration.ofMinutes(2))
            .until(() -> Files.exists(folder.resolve(".done").resolve(NAME)));
        List<ConsumerRecord<byte[], byte[]>> replayed = replayed(servers);
        assertThat(replayed).hasSizeBetween(market.size(), market.size() + 2 * 2_000);
        Oracle oracle = oracle(market, replayed);
        await("all rows, all bars final")
            .atMost(Duration.ofMinutes(3))
            .pollInterval(Duration.ofSeconds(1))
            .untilAsserted(
                () -> {
                  assertThat(ours(StoredRows.bars(servers.database()))).isEqualTo(oracle.bars());
                  assertThat(ours(StoredRows.averages(servers.database())))
                      .isEqualTo(oracle.averages(SLIDE));
                });
      }
      assertThat(RawTopic.read(servers.broker().bootstrapServers(), "market.dead-letter"))
          .extracting(
              letter -> RawTopic.header(letter, "reason"),
              letter -> new String(letter.value(), StandardCharsets.UTF_8),
              letter -> RawTopic.header(letter, "file"))
          .containsOnly(
              org.assertj.core.groups.Tuple.tuple(
                  "malformed-line", BAD_LINE, "second_aggs/2026/03/" + NAME));
      assertThat(StoredRows.bars(servers.database()))
          .as("the live market goes on")
          .anyMatch(row -> !row.startsWith("ZZ."));
    }
  }

  private static void awaitSymbol(Servers servers, String symbol) {
    await(symbol)
        .atMost(Duration.ofMinutes(2))
        .until(() -> replayed(servers).stream().anyMatch(r -> RawTopic.key(r).equals(symbol)));
  }

  private static List<String> ours(List<String> rows) {
    return rows.stream().filter(row -> row.startsWith("ZZ.")).toList();
  }

  private static Oracle oracle(List<Line> market, List<ConsumerRecord<byte[], byte[]>> replayed) {
    Map<String, Long> received = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : replayed) {
      received.merge(
          RawTopic.key(record) + record.timestamp(),
          Long.parseLong(RawTopic.header(record, "received")),
          Math::max);
    }
    Oracle oracle = new Oracle();
    for (Line line : market) {
      oracle.add(line.symbol(), line.second(received.get(line.symbol() + line.start())));
    }
    return oracle;
  }

  private static List<ConsumerRecord<byte[], byte[]>> replayed(Servers servers) {
    return RawTopic.read(servers.broker().bootstrapServers(), "market.raw").stream()
        .filter(record -> RawTopic.header(record, "origin").equals("replay"))
        .filter(record -> !RawTopic.header(record, "ev").equals("heartbeat"))
        .toList();
  }

  private static List<Line> market(Random random) {
    List<Line> lines = new ArrayList<>();
    for (String symbol : SYMBOLS) {
      int cents = 5_000 + random.nextInt(10_000);
      for (int second = 0; second < SECONDS; second++) {
        cents = Math.max(100, cents + random.nextInt(11) - 5);
        if (random.nextInt(100) < 80) {
          lines.add(line(symbol, OPEN.plusSeconds(second).toEpochMilli(), cents, random));
        }
      }
    }
    return lines;
  }

  private static Line line(String symbol, long start, int cents, Random random) {
    int high = cents + random.nextInt(10);
    int low = cents - random.nextInt(10);
    boolean fractional = random.nextInt(5) == 0;
    return new Line(
        symbol,
        start,
        price(cents),
        price(high),
        price(low),
        price(low + random.nextInt(high - low + 1)),
        fractional
            ? BigDecimal.valueOf(1 + random.nextInt(100_000), 3)
            : BigDecimal.valueOf(1 + random.nextInt(1000)),
        1 + random.nextInt(9));
  }

  private static BigDecimal price(int cents) {
    return BigDecimal.valueOf(cents, 2);
  }

  /** Written elsewhere and moved, as it must be there as a whole. */
  private void write(Path folder, List<Line> market) throws IOException {
    Path file = directory.resolve(NAME);
    try (Writer out =
        new OutputStreamWriter(
            new GZIPOutputStream(Files.newOutputStream(file)), StandardCharsets.UTF_8)) {
      out.write("ticker,volume,open,close,high,low,window_start,transactions\n");
      for (int i = 0; i < market.size(); i++) {
        if (i == 100) {
          out.write(BAD_LINE + "\n");
        }
        out.write(market.get(i).csv() + "\n");
      }
    }
    Files.move(file, folder.resolve(NAME));
  }
}
