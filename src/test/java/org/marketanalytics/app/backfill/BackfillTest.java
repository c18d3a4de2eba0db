package org.marketanalytics.app.backfill;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.net.ConnectException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.marketanalytics.app.ingest.GapRules;
import org.marketanalytics.app.ingest.Ingest;
import org.marketanalytics.app.ingest.OpenGap;

class BackfillTest {
  private static final String RESULT =
      "{\"v\":10,\"vw\":1,\"o\":1,\"c\":1,\"h\":1,\"l\":1,\"t\":1788877045000,\"n\":1}";

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Ingest ingest =
      new Ingest(
          meters,
          "live",
          Map.of("bootstrap.servers", "127.0.0.1:1"),
          "raw",
          new GapRules(
              true, Duration.ZERO, Duration.ofMinutes(1), Duration.ofHours(1), Duration.ZERO));
  private final DefaultCamelContext context = new DefaultCamelContext();
  private Backfill backfill = backfill(Duration.ofHours(1), "AAPL,MSFT");

  private Backfill backfill(Duration giveUp, String symbols) {
    return new Backfill(
        meters,
        ingest,
        new BackfillSettings(
            true,
            "http://127.0.0.1:1",
            FeedCluster.STOCKS,
            List.of(symbols.split(",", -1)),
            true,
            false,
            1_000_000,
            giveUp));
  }

  @BeforeEach
  void start() {
    context.start();
  }

  @AfterEach
  void stop() {
    context.stop();
  }

  @Test
  void thereIsNothingToDoWithoutAGap() {
    assertThat(backfill.next(exchange())).isFalse();
  }

  @Test
  void aGapIsClosedOnceEveryPageOfEverySymbolIsThere() throws Exception {
    List<Fetch> fetches = begin();
    assertThat(fetches).extracting(Fetch::symbol).containsExactly("AAPL", "MSFT");

    answer(fetches.get(0), 200, page("/v2/next?cursor=1"));
    assertThat(fetches.get(0).path()).isEqualTo("/v2/next?cursor=1");
    answer(fetches.get(0), 200, page(""));
    backfill.done(exchange());
    assertThat(ingest.gaps().oldest()).as("a symbol is missing").isPresent();
    answer(fetches.get(1), 200, page(""));
    backfill.done(exchange());

    assertThat(ingest.gaps().oldest()).isEmpty();
    assertThat(meters.get("market.gaps.filled").counter().count()).isOne();
    assertThat(meters.get("market.backfill.events").counter().count()).isEqualTo(3);
  }

  @Test
  void anAnswerBecomesRecordsOfTheRawTopic() throws Exception {
    Exchange exchange = ask(begin().get(0));
    take(exchange, 200, page(""), Map.of());

    Message message = (Message) exchange.getMessage().getBody(List.class).get(0);
    assertThat(new String((byte[]) message.getHeader("origin"), UTF_8)).isEqualTo("backfill");
    assertThat(new String((byte[]) message.getHeader("ev"), UTF_8)).isEqualTo("A");
    assertThat(new String((byte[]) message.getHeader("received"), UTF_8)).matches("[0-9]{13}");
  }

  @Test
  void aPageWhoseRecordsKafkaDidNotTakeIsAskedForAgain() throws Exception {
    Fetch fetch = begin().get(0);
    String path = fetch.path();
    take(ask(fetch), 200, page("/v2/next?cursor=1"), Map.of());

    assertThat(fetch.path()).isEqualTo(path);
    assertThat(fetch.isDone()).isFalse();
  }

  @Test
  void tooManyRequestsAreWaitedOutForAsLongAsIsSaid() throws Exception {
    List<Fetch> fetches = begin();
    long before = System.currentTimeMillis();
    take(ask(fetches.get(0)), 429, "{}", Map.of("Retry-After", "1"));

    Exchange other = exchange();
    other.setVariable("fetch", fetches.get(1));
    assertThat(backfill.more(other)).isTrue();

    assertThat(System.currentTimeMillis() - before).isGreaterThanOrEqualTo(1_000);
    assertThat(outcome("limited")).isOne();
    assertThat(backfill.trouble()).contains("429");
  }

  @Test
  void whatFailsIsAskedForLaterAndLater() throws Exception {
    Fetch fetch = begin().get(0);
    long now = System.currentTimeMillis();
    for (int i = 0; i < 5; i++) {
      take(ask(fetch), 503, "", Map.of());
    }
    assertThat(fetch.notBeforeMillis()).isGreaterThan(now + 7_000);

    Exchange reset = ask(fetch);
    reset.setProperty(Exchange.EXCEPTION_CAUGHT, new ConnectException("Connection refused"));
    backfill.failed(reset);

    assertThat((List<?>) reset.getMessage().getBody(List.class)).isEmpty();
    assertThat(fetch.isDone()).isFalse();
    assertThat(outcome("failed")).isEqualTo(6);
    assertThat(backfill.trouble()).isEqualTo("Connection refused");
  }

  @Test
  void aSymbolThatIsNotKnownIsLeftOut() throws Exception {
    List<Fetch> fetches = begin();
    answer(fetches.get(0), 404, "{}");
    answer(fetches.get(1), 200, page(""));
    backfill.done(exchange());

    assertThat(ingest.gaps().oldest()).isEmpty();
    assertThat(outcome("rejected")).isOne();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 204, 301, 402, 407, 408, 410, 500})
  void anAnswerThatTellsNothingOfTheSymbolIsAskedForAgain(int code) throws Exception {
    Fetch fetch = begin().get(0);

    take(ask(fetch), code, "", Map.of());

    assertThat(fetch.isDone()).isFalse();
    assertThat(fetch.notBeforeMillis()).isGreaterThan(System.currentTimeMillis());
    assertThat(outcome("failed")).isOne();
    assertThat(backfill.trouble()).isEqualTo("HTTP " + code);
  }

  @Test
  void aGapOfWhichNoSymbolIsKnownIsNotFilledButGivenUp() throws Exception {
    List<Fetch> fetches = begin();
    answer(fetches.get(0), 404, "{}");
    answer(fetches.get(1), 400, "{}");
    backfill.done(exchange());

    assertThat(ingest.gaps().oldest()).isEmpty();
    assertThat(meters.get("market.gaps.filled").counter().count()).isZero();
    assertThat(meters.get("market.gaps.given.up").counter().count()).isOne();
  }

  @Test
  void aGapThatIsTriedForTooLongIsGivenUp() {
    backfill = backfill(Duration.ofMillis(1), "AAPL");
    begin();

    await().atMost(Duration.ofSeconds(10)).until(() -> !backfill.next(exchange()));

    assertThat(ingest.gaps().oldest()).isEmpty();
    assertThat(meters.get("market.gaps.given.up").counter().count()).isOne();
  }

  @Test
  void allSymbolsAreThoseOfTheDatabaseAndThoseSeen() {
    backfill = backfill(Duration.ofHours(1), "*");

    List<Fetch> fetches = begin(List.of(Map.of("symbol", "F"), Map.of("symbol", "AAPL")));

    assertThat(fetches).extracting(Fetch::symbol).containsExactly("AAPL", "F");
  }

  @Test
  void symbolsThatHadABarBeforeALongWeekendAreAskedFor() {
    OpenGap.of(ingest);
    Exchange exchange = exchange();

    assertThat(backfill.next(exchange)).isTrue();

    long from = ingest.gaps().oldest().orElseThrow().fromMillis();
    assertThat(exchange.getMessage().getHeader("since", Long.class))
        .isEqualTo((from - Duration.ofDays(5).toMillis()) / 1000);
  }

  private List<Fetch> begin() {
    return begin(null);
  }

  private List<Fetch> begin(Object rows) {
    OpenGap.of(ingest);
    Exchange exchange = exchange();
    assertThat(backfill.next(exchange)).isTrue();
    exchange.getMessage().setBody(rows);
    backfill.plan(exchange);
    List<?> fetches = exchange.getMessage().getBody(List.class);
    return fetches.stream().map(Fetch.class::cast).toList();
  }

  private void answer(Fetch fetch, int code, String body) throws Exception {
    Exchange exchange = ask(fetch);
    take(exchange, code, body, Map.of());
    backfill.kept(exchange);
  }

  private Exchange ask(Fetch fetch) {
    Exchange exchange = exchange();
    exchange.setVariable("fetch", fetch);
    backfill.ask(exchange);
    assertThat(exchange.getMessage().getHeader(Exchange.HTTP_PATH, String.class))
        .startsWith("/v2/");
    assertThat(exchange.getMessage().getHeaders().toString()).doesNotContain("Authorization");
    return exchange;
  }

  private void take(Exchange exchange, int code, String body, Map<String, Object> headers)
      throws Exception {
    exchange.getMessage().setHeaders(new HashMap<>(headers));
    exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, code);
    exchange.getMessage().setBody(new ByteArrayInputStream(body.getBytes(UTF_8)));
    backfill.answered(exchange);
  }

  private double outcome(String outcome) {
    return meters.get("market.backfill.requests").tag("outcome", outcome).counter().count();
  }

  private Exchange exchange() {
    return new DefaultExchange(context);
  }

  private static String page(String next) {
    return "{\"results\":[%s],\"next_url\":\"%s\"}".formatted(RESULT, next);
  }
}
