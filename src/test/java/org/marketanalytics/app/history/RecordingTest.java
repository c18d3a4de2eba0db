package org.marketanalytics.app.history;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.marketanalytics.camel.polygon.PolygonConstants;

class RecordingTest {
  private static final Instant TIME = Instant.parse("2026-11-22T19:59:59.999Z");

  @TempDir private Path folder;

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  @Test
  void eachFrameIsALineOfTheFileOfItsHour() throws IOException {
    try (Recording recording = new Recording(meters, folder.toString())) {
      recording.write(frame("[1]", TIME));
      recording.write(frame("[\n2\r\n]", TIME));
      recording.write(frame("[3]", TIME.plusMillis(1)));
    }

    assertThat(names())
        .containsExactly("stocks-2026-11-22T19.jsonl.gz", "stocks-2026-11-22T20.jsonl.gz");
    assertThat(lines("stocks-2026-11-22T19.jsonl.gz")).containsExactly("[1]", "[ 2  ]");
    assertThat(lines("stocks-2026-11-22T20.jsonl.gz")).containsExactly("[3]");
    assertThat(meters.counter("market.frames.recorded").count()).isEqualTo(3);
  }

  @Test
  void anotherRunOfTheSameHourMakesAnotherFileAfterTheFirst() throws IOException {
    for (int run = 0; run < 3; run++) {
      try (Recording recording = new Recording(meters, folder.toString())) {
        recording.write(frame("[" + run + "]", TIME));
      }
    }

    assertThat(names())
        .containsExactly(
            "stocks-2026-11-22T19.jsonl.gz",
            "stocks-2026-11-22T19_01.jsonl.gz",
            "stocks-2026-11-22T19_02.jsonl.gz");
    assertThat(lines("stocks-2026-11-22T19_02.jsonl.gz")).containsExactly("[2]");
  }

  @Test
  void aRecordingThatNobodyClosedCanBeRead() throws IOException {
    Recording recording = new Recording(meters, folder.toString());
    recording.write(frame("[1]", TIME));

    await().until(() -> names().size() == 1 && !lines(names().get(0)).isEmpty());

    assertThat(lines("stocks-2026-11-22T19.jsonl.gz")).containsExactly("[1]");
    await().until(() -> meters.counter("market.frames.recorded").count() == 1);
    recording.close();
  }

  @Test
  void whatTheDiskRefusesIsDroppedAndCounted() throws IOException {
    Files.delete(folder);
    try (Recording recording = new Recording(meters, folder.toString())) {
      recording.write(frame("[1]", TIME));
      recording.write(frame("[2]", TIME));

      await().until(() -> meters.counter("market.frames.unrecorded").count() == 2);
    }
  }

  @Test
  void aFrameThatIsMoreThanMayWaitIsDroppedAtOnce() throws IOException {
    try (Recording recording = new Recording(meters, folder.toString())) {
      recording.write(frame(" ".repeat(33 * 1024 * 1024), TIME));

      assertThat(meters.counter("market.frames.unrecorded").count()).isEqualTo(1);
      recording.write(frame("[1]", TIME));
    }
    assertThat(lines("stocks-2026-11-22T19.jsonl.gz")).containsExactly("[1]");
  }

  @Test
  void withoutAFolderNothingIsRecorded() throws IOException {
    try (Recording recording = new Recording(meters, "")) {
      recording.write(frame("[1]", TIME));
    }

    assertThat(names()).isEmpty();
  }

  private static Exchange frame(String text, Instant received) {
    Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    exchange.getMessage().setBody(text.getBytes(UTF_8));
    exchange.getMessage().setHeader(PolygonConstants.RECEIVED, received.toEpochMilli());
    exchange.getMessage().setHeader(PolygonConstants.CLUSTER, "stocks");
    return exchange;
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private List<String> lines(String name) throws IOException {
    List<String> read = new ArrayList<>();
    if (Files.size(folder.resolve(name)) > 0) {
      try (Lines lines = new Lines(folder.resolve(name))) {
        for (byte[] line = lines.next(); line != null; line = lines.next()) {
          read.add(new String(line, UTF_8));
        }
      }
    }
    return read;
  }
}
