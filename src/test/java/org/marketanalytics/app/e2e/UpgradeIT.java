package org.marketanalytics.app.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.marketanalytics.local.Broker;
import org.marketanalytics.local.Job;

/**
 * A job goes on from the checkpoints of the versions before. {@link #main} makes such a checkpoint
 * of the version that is built, for the day its format becomes a former one.
 */
class UpgradeIT {
  private static final List<String> CHECKPOINTS =
      List.of("checkpoint-of-format-1.zip", "checkpoint-of-format-2.zip");

  /** Stands for the checkpoint's folder in the recorded one. */
  private static final String PLACE = "${checkpoint}";

  private static final String RAW = "market.raw";
  private static final int PARTITIONS = 2;
  private static final long START = Instant.parse("2026-03-02T14:30:00Z").toEpochMilli();
  private static final int SECONDS = 600;

  /** Records that the checkpoint has seen. */
  private static final int SEEN = 1_260;

  @TempDir private Path directory;

  @Test
  void aJobGoesOnFromTheCheckpointsOfTheVersionsBefore() throws Exception {
    List<ProducerRecord<byte[], byte[]>> log = log();
    try (Broker broker = Broker.start(directory.resolve("broker"), 0)) {
      run(directory.resolve("fresh"), broker, "--once", "--aggregated-topic", "fresh");
      write(broker, log);
      run(directory.resolve("fresh"), broker, "--once", "--aggregated-topic", "fresh");
      Map<String, String> fresh = rows(broker, "fresh");

      for (String former : CHECKPOINTS) {
        Path upgraded = directory.resolve(former);
        unzip(former, upgraded.resolve("checkpoint"));
        run(upgraded, broker, "--once", "--aggregated-topic", former);
        requireRest(fresh, rows(broker, former), log.get(SEEN - 1).timestamp());
      }
    }
  }

  private static void requireRest(
      Map<String, String> fresh, Map<String, String> upgraded, long lastSeen) {
    assertThat(fresh).containsAllEntriesOf(upgraded);
    assertThat(upgraded.keySet())
        .as("all that was not over when the checkpoint was made")
        .containsAll(fresh.keySet().stream().filter(key -> endOf(key) > lastSeen).toList());
    assertThat(upgraded).as("and not all").hasSizeLessThan(fresh.size());
    assertThat(upgraded.values())
        .as("bars that the checkpoint's state and later records make together")
        .anyMatch(row -> row.contains("\"start\":" + (START + 240_000) + ",\"end\""));
  }

  /**
   * Makes the checkpoint: arguments are an empty folder to work in and the file to write.
   *
   * @throws Exception when something is not as it should be
   */
  public static void main(String[] arguments) throws Exception {
    Path directory = Path.of(arguments[0]);
    try (Broker broker = Broker.start(directory.resolve("broker"), 0)) {
      run(directory.resolve("job"), broker, "--once");
      write(broker, log().subList(0, SEEN));
      run(directory.resolve("job"), broker, "--once");
    }
    zip(directory.resolve("job/checkpoint"), Path.of(arguments[1]));
  }

  private static void run(Path directory, Broker broker, String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--partitions", Integer.toString(PARTITIONS), "--slide", "5s"));
    try (Job job = Job.start(directory, broker.bootstrapServers(), all.toArray(String[]::new))) {
      var process = ProcessHandle.of(job.pid());
      if (process.isPresent()) {
        process.get().onExit().get(2, TimeUnit.MINUTES);
      }
    }
  }

  /** Ten minutes of four symbols with gaps, late and repeated seconds, and heartbeats. */
  private static List<ProducerRecord<byte[], byte[]>> log() {
    Random random = new Random(1);
    List<ProducerRecord<byte[], byte[]>> log = new ArrayList<>();
    for (int second = 0; second < SECONDS; second++) {
      long now = START + second * 1000L;
      for (int partition = 0; partition < PARTITIONS; partition++) {
        for (String symbol : List.of("A" + partition, "B" + partition)) {
          long start = random.nextInt(10) < 8 ? now : now - random.nextInt(100) * 1000L;
          log.add(event(partition, symbol, start, now + 1_100, random));
        }
        if (second % 10 == 9) {
          String beat = "{\"ev\":\"heartbeat\",\"t\":" + (now + 1_000) + "}";
          log.add(record(partition, null, "heartbeat", now + 1_000, now + 1_000, beat));
        }
      }
    }
    return log;
  }

  private static ProducerRecord<byte[], byte[]> event(
      int partition, String symbol, long start, long received, Random random) {
    int price = 10_000 + random.nextInt(500);
    String json =
        """
        {"ev":"A","sym":"%s","v":%d,"vw":%d.5,"o":%d,"c":%d.25,"h":%d,"l":%d,"z":7,"s":%d,"e":%d}"""
            .formatted(
                symbol,
                random.nextInt(900),
                price,
                price,
                price,
                price + 1,
                price - 1,
                start,
                start + 1_000);
    return record(partition, symbol, "A", start, received, json);
  }

  private static ProducerRecord<byte[], byte[]> record(
      int partition, String symbol, String ev, long time, long received, String json) {
    var record =
        new ProducerRecord<>(
            RAW, partition, time, symbol == null ? null : symbol.getBytes(UTF_8), bytes(json));
    record.headers().add("ev", bytes(ev)).add("received", bytes(Long.toString(received)));
    return record;
  }

  private static void write(Broker broker, List<ProducerRecord<byte[], byte[]>> log)
      throws InterruptedException, ExecutionException {
    Map<String, Object> configuration =
        Map.of("bootstrap.servers", broker.bootstrapServers(), "linger.ms", 20);
    try (var producer =
        new KafkaProducer<>(configuration, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (Future<RecordMetadata> sent : log.stream().map(producer::send).toList()) {
        sent.get();
      }
    }
  }

  /** The last row of each key: type, symbol and end. */
  private static Map<String, String> rows(Broker broker, String topic) {
    Map<String, String> rows = new HashMap<>();
    for (var record : RawTopic.read(broker.bootstrapServers(), topic)) {
      String row = new String(record.value(), UTF_8);
      String end = row.replaceFirst(".*\"end\":([0-9]+).*", "$1");
      rows.put(
          RawTopic.header(record, "type") + " " + new String(record.key(), UTF_8) + " " + end, row);
    }
    return new TreeMap<>(rows);
  }

  private static long endOf(String key) {
    return Long.parseLong(key.substring(key.lastIndexOf(' ') + 1));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  /** Spark notes the absolute path of a file of its checkpoint, so a checkpoint cannot be moved. */
  private static void zip(Path folder, Path file) throws IOException {
    try (Stream<Path> files = Files.walk(folder);
        ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (Path each : files.filter(Files::isRegularFile).sorted().toList()) {
        zip.putNextEntry(new ZipEntry(folder.relativize(each).toString()));
        zip.write(replaced(Files.readAllBytes(each), folder.toString(), PLACE));
      }
    }
  }

  private static void unzip(String name, Path folder) throws IOException {
    try (InputStream resource = UpgradeIT.class.getResourceAsStream("/" + name);
        ZipInputStream zip = new ZipInputStream(resource)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path file = folder.resolve(entry.getName());
        Files.createDirectories(file.getParent());
        Files.write(file, replaced(zip.readAllBytes(), PLACE, folder.toString()));
      }
    }
  }

  private static byte[] replaced(byte[] bytes, String text, String by) {
    return new String(bytes, ISO_8859_1).replace(text, by).getBytes(ISO_8859_1);
  }
}
