package org.marketanalytics.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.marketanalytics.spark.LaneRows.START;
import static org.marketanalytics.spark.LaneRows.json;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.marketanalytics.aggregation.Input;
import org.marketanalytics.aggregation.Settings;

class RecordedFilesTest {
  private static final Settings SETTINGS =
      new Settings(Input.AGGREGATES, Duration.ofSeconds(30), Duration.ofSeconds(10));

  private static final Topics TOPICS = new Topics("raw", "aggregated", "dead");

  private static SparkSession spark;

  @TempDir private Path directory;

  @BeforeAll
  static void startSpark() {
    spark = Session.start("local[2]", 0);
  }

  @AfterAll
  static void stopSpark() {
    spark.stop();
  }

  @Test
  void takesFilesByNameAndLinesAndFramesInTheirOrder() throws IOException {
    gzip("b.jsonl.gz", json("A", START, "12"));
    write(
        "a.jsonl",
        json("A", START, "10"),
        "[" + json("A", START, "99") + "," + json("A", START, "11") + "]");

    assertThat(lastBars(directory.toString()))
        .hasSize(1)
        .first()
        .asString()
        .contains("\"close\":\"12\"");
    assertThat(lastBars(directory + "/a*")).first().asString().contains("\"close\":\"11\"");
  }

  @Test
  void keepsTheOrderOfAFileLargerThanASplit() throws IOException {
    String former = spark.conf().get("spark.sql.files.maxPartitionBytes");
    spark.conf().set("spark.sql.files.maxPartitionBytes", "2000");
    try {
      write(
          "large.jsonl",
          IntStream.rangeClosed(1, 5_000)
              .mapToObj(i -> json("A", START, Integer.toString(i)))
              .toArray(String[]::new));

      assertThat(lastBars(directory.toString()))
          .hasSize(1)
          .first()
          .asString()
          .contains("\"close\":\"5000\"");
    } finally {
      spark.conf().set("spark.sql.files.maxPartitionBytes", former);
    }
  }

  @Test
  void endsWithFinalBarsAndEveryAverage() throws IOException {
    write("a.jsonl", json("B", START, "20"), json("A", START + 59_000, "10"));

    assertThat(lastBars(directory.toString()))
        .hasSize(2)
        .allMatch(bar -> bar.contains("\"final\":true"));
    assertThat(Unpacked.values(run(directory.toString(), 1), Rows.AVERAGE))
        .filteredOn(average -> average.contains("\"A\""))
        .anyMatch(average -> average.contains("\"end\":%d,".formatted(START + 60_000)))
        .anyMatch(average -> average.contains("\"end\":%d,".formatted(START + 90_000)));
  }

  @Test
  void namesFileAndLineOfWhatCannotBeUsedAndGoesOn() throws IOException {
    String future = json("A", Instant.parse("2099-01-01T00:00:00Z").toEpochMilli(), "10");
    write("a.jsonl", "no json", "", json("A", START, "10"), future, json("A", START + 1_000, "11"));

    List<Row> rows = run(directory.toString(), 1);

    assertThat(Unpacked.deadLetters(rows))
        .satisfiesExactlyInAnyOrder(
            row -> {
              assertThat(Unpacked.header(row, "reason")).isEqualTo("malformed-json");
              assertThat(Unpacked.header(row, "error")).contains("a.jsonl line 1: ");
              assertThat(Unpacked.value(row)).isEqualTo("no json");
            },
            row -> {
              assertThat(Unpacked.header(row, "reason")).isEqualTo("in-the-future");
              assertThat(Unpacked.header(row, "error")).contains("a.jsonl line 4: ");
              assertThat(Unpacked.value(row)).isEqualTo(future);
            });
    assertThat(lastBars(directory.toString()))
        .singleElement()
        .asString()
        .contains("\"close\":\"11\"");
  }

  @Test
  void readsAGzipFileThatEndsInsideAPartUpToThere() throws IOException {
    gzip("a.jsonl.gz", json("A", START, "10") + "\n" + json("A", START + 1_000, "11"));
    Path file = directory.resolve("a.jsonl.gz");
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length - 20));

    List<Row> rows = run(directory.toString(), 1);

    assertThat(Unpacked.values(rows, Rows.BAR))
        .anyMatch(bar -> bar.contains("\"close\":\"10\"") && bar.contains("\"final\":true"));
    assertThat(Unpacked.deadLetters(rows))
        .singleElement()
        .satisfies(
            row -> {
              assertThat(Unpacked.value(row)).startsWith("{\"ev\":\"A\"").doesNotContain("}");
              assertThat(Unpacked.header(row, "error"))
                  .endsWith("a.jsonl.gz line 2: the file ends inside a gzip part");
            });
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 300})
  void readsAGzipFileThatEndsBetweenLines(int size) throws IOException {
    Path file = directory.resolve("a.jsonl.gz");
    gzip("a.jsonl.gz", json("A", START, "10"));
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, Math.min(size, whole.length - 1)));
    write("b.jsonl", json("A", START + 1_000, "11"));

    List<Row> rows = run(directory.toString(), 1);

    assertThat(lastBars(directory.toString()))
        .singleElement()
        .asString()
        .contains("\"close\":\"11\"");
    assertThat(Unpacked.deadLetters(rows))
        .singleElement()
        .satisfies(
            row ->
                assertThat(Unpacked.header(row, "error"))
                    .endsWith(": the file ends inside a gzip part"));
  }

  /** Symbols of another partition do not make a second late, as on the topic. */
  @Test
  void decidesLatenessInThePartitionOfTheTopic() throws IOException {
    write("a.jsonl", json("AAPL", START + 600_000, "10"), json("MSFT", START, "10"));

    assertThat(Unpacked.deadLetters(run(directory.toString(), 1))).hasSize(1);
    // AAPL and MSFT lie in different ones of eight
    assertThat(Unpacked.deadLetters(run(directory.toString(), 8))).isEmpty();
  }

  @Test
  void refusesAPathThatNamesNoFile() {
    assertThatThrownBy(() -> RecordedFiles.find(List.of(directory + "/none*.jsonl")))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("none*.jsonl names no file");
  }

  private static List<String> lastBars(String path) {
    List<String> bars = Unpacked.values(run(path, 1), Rows.BAR);
    return bars.stream().filter(bar -> bar.contains("\"final\":true")).distinct().toList();
  }

  private static List<Row> run(String path, int partitions) {
    return new RecordedFiles(SETTINGS, TOPICS, partitions, Instant.parse("2026-11-01T00:00:00Z"))
        .aggregate(spark, RecordedFiles.find(List.of(path)))
        .collectAsList();
  }

  private void write(String name, String... lines) throws IOException {
    Files.write(directory.resolve(name), List.of(lines));
  }

  private void gzip(String name, String line) throws IOException {
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(directory.resolve(name)))) {
      out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }
  }
}
