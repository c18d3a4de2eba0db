package org.marketanalytics.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordedLineTest {

  @Test
  void cutsAFrameIntoItsEventsByteForByte() {
    assertThat(
            split(
                " [{\"ev\":\"A\", \"sym\":\"Ä\",\"c\":[1,2], \"s\":1000} ,{\"t\":7,\"ev\":\"XT\",\"pair\":\"X-Y\",\"z\":1e-1}] "))
        .containsExactly(
            "A Ä 2000 {\"ev\":\"A\", \"sym\":\"Ä\",\"c\":[1,2], \"s\":1000}",
            "XT X-Y 7 {\"t\":7,\"ev\":\"XT\",\"pair\":\"X-Y\",\"z\":1e-1}");
  }

  @Test
  void takesALineThatIsAnEvent() {
    assertThat(split("{\"ev\":\"T\",\"sym\":\"A\",\"s\":5,\"t\":9}"))
        .containsExactly("T A 9 {\"ev\":\"T\",\"sym\":\"A\",\"s\":5,\"t\":9}");
  }

  @Test
  void keepsWhatIsNoEventInOnePiece() {
    assertThat(split("{\"ev\":\"A\"")).containsExactly("null null 0 {\"ev\":\"A\"");
    assertThat(split("hello")).containsExactly("null null 0 hello");
    assertThat(split("{} {}")).containsExactly("null null 0 {} {}");
  }

  @Test
  void keepsTheEventsAroundAnElementThatIsNone() {
    assertThat(split("[{\"ev\":\"A\"},12,[{}],{\"ev\":\"T\"}]"))
        .containsExactly(
            "A null 1000 {\"ev\":\"A\"}",
            "null null 0 12",
            "null null 0 [{}]",
            "T null 0 {\"ev\":\"T\"}");
  }

  @Test
  void keepsTheEventsBeforeAFault() {
    assertThat(split("[{\"ev\":\"T\"},{\"ev\""))
        .containsExactly("T null 0 {\"ev\":\"T\"}", "null null 0 ,{\"ev\"");
  }

  @Test
  void keepsWhatStandsBehindAFrame() {
    assertThat(split("[{\"ev\":\"T\"}] {\"ev\":\"T\"}"))
        .containsExactly("T null 0 {\"ev\":\"T\"}", "null null 0  {\"ev\":\"T\"}");
    assertThat(split("[{\"ev\":\"T\"}] rest"))
        .containsExactly("T null 0 {\"ev\":\"T\"}", "null null 0  rest");
    assertThat(split("[]]")).containsExactly("null null 0 ]");
  }

  @Test
  void takesALineBehindAByteOrderMark() {
    assertThat(split("\ufeff[{\"ev\":\"T\"},{\"ev\":\"A\"}]"))
        .containsExactly("T null 0 {\"ev\":\"T\"}", "A null 1000 {\"ev\":\"A\"}");
  }

  @Test
  void keepsALineOfAnotherEncodingInOnePiece() {
    byte[] line = "[{\"ev\":\"T\"},{\"ev\":\"T\"}]".getBytes(StandardCharsets.UTF_16);

    assertThat(new RecordedLine().split(line, line.length))
        .singleElement()
        .satisfies(
            part -> {
              assertThat(part.ev()).isNull();
              assertThat(part.json()).isEqualTo(line);
            });
  }

  @Test
  void findsNothingInABlankLine() {
    assertThat(split("  ")).isEmpty();
    assertThat(split("[]")).isEmpty();
  }

  private static List<String> split(String line) {
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    return new RecordedLine()
        .split(bytes, bytes.length).stream()
            .map(
                part ->
                    "%s %s %d %s"
                        .formatted(
                            part.ev(),
                            part.symbol() == null
                                ? null
                                : new String(part.symbol(), StandardCharsets.UTF_8),
                            part.endMillis(),
                            new String(part.json(), StandardCharsets.UTF_8)))
            .toList();
  }
}
