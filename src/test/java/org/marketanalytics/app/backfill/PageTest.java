package org.marketanalytics.app.backfill;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class PageTest {
  private static final long START = 1_788_877_045_000L;

  @Test
  void aResultBecomesTheEventOfItsSecond() throws Exception {
    Page page =
        aggregates(
            FeedCluster.STOCKS,
            "BRK.A",
            "{\"v\":1234.5,\"vw\":181.5123,\"o\":181.5,\"c\":181.55,\"h\":181.6,\"l\":181.4,\"t\":%d,\"n\":34}");

    assertThat(page.events()).hasSize(1);
    assertThat(page.events().get(0).millis()).isEqualTo(START);
    assertThat(json(page))
        .isEqualTo(
            ("{\"ev\":\"A\",\"sym\":\"BRK.A\",\"v\":1234,\"vw\":181.5123,\"z\":36,\"dv\":\"1234.5\","
                    + "\"o\":181.5,\"c\":181.55,\"h\":181.6,\"l\":181.4,\"s\":%d,\"e\":%d}")
                .formatted(START, START + 1_000));
  }

  @Test
  void aVolumeWithAnExponentIsWrittenOut() throws Exception {
    Page page =
        aggregates(
            FeedCluster.STOCKS,
            "AAPL",
            "{\"v\":1.2345e+06,\"vw\":1,\"o\":1,\"c\":1,\"h\":1,\"l\":1,\"t\":%d,\"n\":1000}");

    assertThat(json(page))
        .contains("\"v\":1234500,")
        .contains("\"dv\":\"1234500\"")
        .contains("\"z\":1234,");
  }

  @Test
  void sharesThatAreFractionalMakeAnAverageSizeOfZero() throws Exception {
    Page page =
        aggregates(
            FeedCluster.STOCKS,
            "AAPL",
            "{\"v\":0.25,\"vw\":1,\"o\":1,\"c\":1,\"h\":1,\"l\":1,\"t\":%d,\"n\":1}");

    assertThat(json(page)).contains("\"v\":0,").contains("\"dv\":\"0.25\"").contains("\"z\":0,");
  }

  @Test
  void everyClusterHasItsOwnFields() throws Exception {
    String result = "{\"v\":0.3,\"vw\":2,\"o\":1,\"c\":1,\"h\":1,\"l\":1,\"t\":%d,\"n\":7}";

    assertThat(json(aggregates(FeedCluster.CRYPTO, "BTC-USD", result)))
        .startsWith(
            "{\"ev\":\"XAS\",\"pair\":\"BTC-USD\",\"v\":0.3,\"vw\":2,\"z\":0.04285714,\"o\"");
    assertThat(json(aggregates(FeedCluster.FOREX, "EUR/USD", result)))
        .startsWith("{\"ev\":\"CAS\",\"pair\":\"EUR/USD\",\"v\":0.3,\"o\"");
    assertThat(json(aggregates(FeedCluster.INDICES, "I:SPX", result)))
        .startsWith("{\"ev\":\"A\",\"sym\":\"I:SPX\",\"o\"");
    assertThat(json(aggregates(FeedCluster.OPTIONS, "O:X", result)))
        .contains("\"z\":0,")
        .doesNotContain("dv");
  }

  @Test
  void aTradeHasTheFieldsByWhichItIsKnown() throws Exception {
    String result =
        "{\"conditions\":[12,37],\"exchange\":4,\"id\":\"71\",\"participant_timestamp\":1788877045122000000,"
            + "\"price\":181.50,\"sequence_number\":9,\"sip_timestamp\":1788877045123000000,\"size\":0,"
            + "\"decimal_size\":\"0.25\",\"tape\":3,\"trf_id\":202,\"trf_timestamp\":1788877045123000000}";

    Page page = read("AAPL", new TradeEvents(FeedCluster.STOCKS), result, "");

    assertThat(page.events().get(0).millis()).isEqualTo(START + 123);
    assertThat(json(page))
        .isEqualTo(
            "{\"ev\":\"T\",\"sym\":\"AAPL\",\"t\":1788877045123,\"p\":181.5,\"s\":0,\"i\":\"71\",\"x\":4,\"c\":[12,37],"
                + "\"q\":9,\"z\":3,\"trfi\":202,\"trft\":1788877045123,\"pt\":1788877045122,\"ds\":\"0.25\"}");
  }

  @Test
  void anAnswerWithoutResultsIsAnEmptyPage() throws Exception {
    Page page =
        Page.read(
            new ByteArrayInputStream("{\"resultsCount\":0,\"status\":\"OK\"}".getBytes(UTF_8)),
            "AAPL",
            new AggregateEvents(FeedCluster.STOCKS));

    assertThat(page.events()).isEmpty();
    assertThat(page.next()).isEmpty();
  }

  @Test
  void aResultThatNoEventCanBeMadeOfIsCountedAndTheOthersStay() throws Exception {
    Page page =
        aggregates(
            FeedCluster.INDICES,
            "I:SPX",
            "{\"o\":1,\"c\":1,\"h\":1,\"t\":1},{\"o\":1,\"c\":1,\"h\":1,\"l\":1,\"t\":%d}");

    assertThat(page.unusable()).isOne();
    assertThat(page.events()).hasSize(1);
  }

  @Test
  void theNextPageIsAskedForWithoutItsHostAndWithoutAKey() throws Exception {
    Page page =
        read(
            "AAPL",
            new TradeEvents(FeedCluster.STOCKS),
            "",
            "https://elsewhere.example/v3/trades/AAPL?cursor=YWI%3D&apiKey=k3y");

    assertThat(page.next()).hasValue("/v3/trades/AAPL?cursor=YWI%3D");
  }

  @Test
  void whatIsNoAnswerIsAnError() {
    assertThatThrownBy(() -> body("<html>")).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> body("[]")).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> body("")).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> body("{\"results\":[{")).isInstanceOf(IOException.class);
  }

  private static Page body(String answer) throws IOException {
    return Page.read(
        new ByteArrayInputStream(answer.getBytes(UTF_8)),
        "AAPL",
        new AggregateEvents(FeedCluster.STOCKS));
  }

  private static Page aggregates(FeedCluster cluster, String symbol, String results)
      throws IOException {
    return read(symbol, new AggregateEvents(cluster), results.formatted(START), "");
  }

  private static Page read(String symbol, ResultReader reader, String results, String next)
      throws IOException {
    String answer =
        "{\"results\":[%s],\"status\":\"OK\",\"next_url\":\"%s\"}".formatted(results, next);
    return Page.read(new ByteArrayInputStream(answer.getBytes(UTF_8)), symbol, reader);
  }

  private static String json(Page page) {
    return new String(page.events().get(0).json(), UTF_8);
  }
}
