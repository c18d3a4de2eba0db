package org.marketanalytics.app.history;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineReaderTest {
  @TempDir private Path directory;

  private final List<String> events = new ArrayList<>();
  private final List<String> refused = new ArrayList<>();

  private final LineReader.Visitor visitor =
      new LineReader.Visitor() {
        @Override
        public void event(String ev, String symbol, long millis, byte[] value) {
          events.add("%s %s %d %s".formatted(ev, symbol, millis, new String(value, UTF_8)));
        }

        @Override
        public void refused(byte[] part, String reason, String error) {
          refused.add("%s: %s".formatted(reason, error));
        }
      };

  @Test
  void aSecondOfAFlatFileIsAnAggregateWithTheExactVolumeBesideTheRoundedOne() throws IOException {
    read(
        "second_aggs_2026-03-02.csv",
        "window_start,ticker,transactions,low,high,close,open,volume",
        "1772461800000000000,BRK.A,4,1.5,3,2,1.50,10.25");

    assertThat(events)
        .containsExactly(
            "A BRK.A 1772461800000 {\"ev\":\"A\",\"sym\":\"BRK.A\",\"v\":10,\"dv\":\"10.25\",\"o\":1.50,\"c\":2,\"h\":3,\"l\":1.5,\"z\":3,\"s\":1772461800000,\"e\":1772461801000}");
  }

  @Test
  void aMinuteIsToldFromASecondByTheNameOfItsFolder() throws IOException {
    Files.createDirectories(directory.resolve("minute_aggs_v1"));

    read(
        "minute_aggs_v1/2026-03-02.csv",
        "ticker,volume,open,close,high,low,window_start,transactions",
        "A,100,1,1,1,1,1772461800000000000,100");

    assertThat(events)
        .containsExactly(
            "AM A 1772461800000 {\"ev\":\"AM\",\"sym\":\"A\",\"v\":100,\"o\":1,\"c\":1,\"h\":1,\"l\":1,\"z\":1,\"s\":1772461800000,\"e\":1772461860000}");
  }

  @Test
  void aTradeKeepsWhatMakesItTheSameTrade() throws IOException {
    read(
        "2026-03-02.csv",
        "ticker,conditions,correction,exchange,id,participant_timestamp,price,sequence_number,sip_timestamp,size,tape,trf_id,trf_timestamp",
        "A,\"12,37\",0,4,71675577320245,1772461800000100000,18.5,77,1772461800000999999,0.5,1,202,1772461800000300000",
        "A,,0,11,x\"\"y,,18.5,78,1772461800001000000,3,1,0,0");

    assertThat(events)
        .containsExactly(
            "T A 1772461800000 {\"ev\":\"T\",\"sym\":\"A\",\"x\":4,\"i\":\"71675577320245\",\"z\":1,\"p\":18.5,\"s\":0,\"ds\":\"0.5\",\"c\":[12,37],\"t\":1772461800000,\"pt\":1772461800000,\"q\":77,\"trfi\":202,\"trft\":1772461800000}",
            "T A 1772461800001 {\"ev\":\"T\",\"sym\":\"A\",\"x\":11,\"i\":\"x\\\"\\\"y\",\"z\":1,\"p\":18.5,\"s\":3,\"t\":1772461800001,\"q\":78}");
  }

  @Test
  void aBadLineSpoilsNoOther() throws IOException {
    read(
        "second_aggs.csv",
        "ticker,volume,open,close,high,low,window_start,transactions",
        "A,1,1,1,1,1,1772461800000000000,1",
        "A,1,1,1,1,1,1772461800000000000",
        "A,1,one,1,1,1,1772461801000000000,1",
        "A,1,1,1,1,1,yesterday,1",
        ",1,1,1,1,1,1772461801000000000,1",
        "\"A,1,1,1,1,1,1772461801000000000,1",
        "A,1e999999999,1,1,1,1,1772461801000000000,1",
        "A,1,1,1,1,1,1772461802000000000,1");

    assertThat(events).hasSize(2);
    assertThat(refused).hasSize(6).allMatch(line -> line.startsWith("malformed-line: "));
    assertThat(refused.get(0)).contains("7 columns; the header has 8");
    assertThat(refused.get(1)).contains("open=one is no number of 0 or more");
  }

  @Test
  void columnsOfNoKindAreNamed() {
    assertThatThrownBy(() -> read("second_aggs.csv", "ticker,price", "A,1"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("the columns [ticker, price]");
  }

  @Test
  void aLineOfARecordingIsAnEventOrAFrame() throws IOException {
    String trade = "{\"ev\":\"T\",\"sym\":\"A\",\"t\":5,\"p\":1.50}";

    read(
        "a.jsonl", trade, "", "[" + trade + "," + trade + "]", "[{\"ev\":\"status\"}]", "{nothing");

    assertThat(events).hasSize(3).allMatch(event -> event.equals("T A 5 " + trade));
    assertThat(refused).hasSize(1);
  }

  @Test
  void aFileOfSeveralGzipPartsIsReadToItsEnd() throws IOException {
    Path file = directory.resolve("a.jsonl.gz");
    byte[] parts = (gzip("one\ntwo\n") + gzip("three\n")).getBytes(ISO);
    Files.write(file, parts);

    assertThat(lines(file)).containsExactly("one", "two", "three");
  }

  @Test
  void aFileThatWasCutOffIsReadAsFarAsItGoes() throws IOException {
    Path file = directory.resolve("a.jsonl.gz");
    byte[] whole =
        (gzip("one\ntwo\n") + gzip("a line that is not there as a whole\n")).getBytes(ISO);
    Files.write(file, Arrays.copyOf(whole, whole.length - 9));

    List<String> read = new ArrayList<>();
    assertThatThrownBy(() -> lines(file, read)).isInstanceOf(IOException.class);
    assertThat(read).startsWith("one", "two");
  }

  private static final java.nio.charset.Charset ISO = java.nio.charset.StandardCharsets.ISO_8859_1;

  private static String gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(UTF_8));
    }
    return bytes.toString(ISO);
  }

  private static List<String> lines(Path file) throws IOException {
    return lines(file, new ArrayList<>());
  }

  private static List<String> lines(Path file, List<String> read) throws IOException {
    try (Lines lines = new Lines(file)) {
      for (byte[] line = lines.next(); line != null; line = lines.next()) {
        read.add(new String(line, UTF_8));
      }
    }
    return read;
  }

  private void read(String name, String... text) throws IOException {
    Path file = directory.resolve(name);
    Files.write(file, List.of(text));
    try (Lines lines = new Lines(file)) {
      LineReader reader = LineReader.of(file, lines);
      for (byte[] line = lines.next(); line != null; line = lines.next()) {
        reader.read(line, visitor);
      }
    }
  }
}
