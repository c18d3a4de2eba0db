package org.marketanalytics.app.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;
import org.marketanalytics.app.DeadLetter;
import org.marketanalytics.camel.polygon.PolygonConstants;

class FramesTest {
  private static final long RECEIVED = 1_788_877_046_310L;

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final FeedClock clock = new FeedClock();
  private final Flow flow = new Flow();
  private final Frames frames =
      new Frames(
          meters,
          clock,
          flow,
          new FrameGaps(new Gaps(meters, GapRules.NONE), null, null, clock),
          new SeenSymbols(),
          "replay");

  @Test
  void makesARecordOfEachEvent() {
    String aggregate = "{\"ev\":\"A\", \"sym\":\"AAPL\",\"s\":1788877045000,\"e\":1788877046000}";
    String trade = "{\"ev\":\"T\",\"sym\":\"MSFT\",\"t\":1788877046001,\"p\":1.50}";

    Exchange exchange = split("[" + aggregate + " , " + trade + "]");

    List<?> records = exchange.getMessage().getBody(List.class);
    assertThat(records).hasSize(2);
    Message first = (Message) records.get(0);
    assertThat(value(first)).isEqualTo(aggregate);
    assertThat(text(first, KafkaConstants.KEY)).isEqualTo("AAPL");
    assertThat(first.getHeader(KafkaConstants.OVERRIDE_TIMESTAMP)).isEqualTo(1788877045000L);
    assertThat(text(first, "ev")).isEqualTo("A");
    assertThat(text(first, "received")).isEqualTo("1788877046310");
    assertThat(text(first, "origin")).isEqualTo("replay");
    assertThat(value(((Message) records.get(1)))).isEqualTo(trade);
    assertThat(exchange.getVariable(DeadLetter.REFUSED)).isNull();
  }

  @Test
  void refusesABadEventAndKeepsTheOthers() {
    Exchange exchange =
        split(
            "[{\"ev\":\"T\",\"sym\":\"\",\"t\":1},{\"ev\":\"T\",\"sym\":\"A\",\"t\":1788877046001}]");

    assertThat((List<?>) exchange.getMessage().getBody(List.class)).hasSize(1);
    List<?> refused = exchange.getVariable(DeadLetter.REFUSED, List.class);
    assertThat(refused).hasSize(1);
    assertThat(text((Message) refused.get(0), "reason")).isEqualTo("missing-symbol");
    assertThat(value(((Message) refused.get(0)))).isEqualTo("{\"ev\":\"T\",\"sym\":\"\",\"t\":1}");
  }

  @Test
  void refusesAnEventThatKafkaWouldNotTakeForItsTime() {
    Exchange exchange = split("[{\"ev\":\"T\",\"sym\":\"A\",\"t\":4102444800000}]");

    assertThat((List<?>) exchange.getMessage().getBody(List.class)).isEmpty();
    List<?> refused = exchange.getVariable(DeadLetter.REFUSED, List.class);
    assertThat(text((Message) refused.get(0), "reason")).isEqualTo("in-the-future");
    assertThat(((Message) refused.get(0)).getHeader(KafkaConstants.KEY)).isEqualTo("A");
  }

  @Test
  void refusesAHeartbeatThatIsNotThePipelinesOwn() {
    String heartbeat = "{\"ev\":\"heartbeat\",\"sym\":\"A\",\"t\":1788877046001}";

    Exchange exchange = split("[" + heartbeat + "]");

    assertThat((List<?>) exchange.getMessage().getBody(List.class)).isEmpty();
    List<?> refused = exchange.getVariable(DeadLetter.REFUSED, List.class);
    assertThat(text((Message) refused.get(0), "reason")).isEqualTo("reserved-ev");
    assertThat(value((Message) refused.get(0))).isEqualTo(heartbeat);
    assertThat(clock.millis(RECEIVED, false)).isEmpty();
  }

  @Test
  void anEventAheadOfItsTimeDoesNotMoveTheClock() {
    split(
        "[{\"ev\":\"T\",\"sym\":\"A\",\"t\":%d},{\"ev\":\"T\",\"sym\":\"A\",\"t\":%d}]"
            .formatted(RECEIVED - 5, RECEIVED + 60_000));

    assertThat(clock.millis(0, false)).hasValue(RECEIVED - 5);
  }

  @Test
  void theTimeAtTheFeedIsNeverLaterThanNow() {
    split("[{\"ev\":\"T\",\"sym\":\"A\",\"t\":%d}]".formatted(RECEIVED + 900));

    assertThat(clock.millis(0, false)).hasValue(RECEIVED);
  }

  @Test
  void refusesAnEventThatIsTooLargeForARecordAndKeepsTheOthers() {
    String large =
        "{\"ev\":\"T\",\"sym\":\"A\",\"t\":1788877046001,\"x\":\"%s\"}"
            .formatted("x".repeat(1_000_000));

    Exchange exchange = split("[" + large + ",{\"ev\":\"T\",\"sym\":\"A\",\"t\":1788877046001}]");

    assertThat((List<?>) exchange.getMessage().getBody(List.class)).hasSize(1);
    Message refused = (Message) exchange.getVariable(DeadLetter.REFUSED, List.class).get(0);
    assertThat(text(refused, "reason")).isEqualTo("oversize");
    assertThat(text(refused, "error"))
        .contains("only the first 65536 of %d bytes are kept".formatted(large.length()));
    assertThat(value(refused)).hasSize(65_536);
  }

  @Test
  void aLetterIsSmallWhateverTheEventCallsItself() {
    String large = "x".repeat(600_000);

    Exchange exchange =
        split(
            "[{\"ev\":\"T\",\"sym\":\"%1$s\",\"t\":1788877046001},{\"ev\":\"%1$s\",\"t\":1}]"
                .formatted(large));

    assertThat((List<?>) exchange.getMessage().getBody(List.class)).isEmpty();
    List<?> refused = exchange.getVariable(DeadLetter.REFUSED, List.class);
    Message symbol = (Message) refused.get(0);
    assertThat(text(symbol, "reason")).isEqualTo("bad-symbol");
    assertThat(symbol.getHeader(KafkaConstants.KEY)).isNull();
    Message kind = (Message) refused.get(1);
    assertThat(text(kind, "reason")).isEqualTo("missing-symbol");
    assertThat(text(kind, "error")).startsWith("the event ev=xx").hasSizeLessThan(1_200);
  }

  @Test
  void countsWhatKafkaHas() {
    Exchange exchange = split("[{\"ev\":\"T\",\"sym\":\"A\",\"t\":1788877046001}]");
    assertThat(meters.find("market.events.ingested").counters()).isEmpty();

    frames.sent(exchange);

    assertThat(meters.get("market.events.ingested").tag("ev", "T").counter().count()).isOne();
    assertThat(meters.get("market.events.lost").counter().count()).isZero();
  }

  @Test
  void countsWhatKafkaDidNotTake() {
    Exchange exchange = split("[{\"ev\":\"T\",\"sym\":\"A\",\"t\":1788877046001}]");

    frames.lost(exchange);

    assertThat(meters.get("market.events.lost").counter().count()).isOne();
    assertThat(flow.heldUp(Long.MAX_VALUE)).isFalse();
  }

  @Test
  void aFrameThatFailsBeforeItsRecordsAreSentIsCountedAndBecomesAGap() throws Exception {
    GapRules rules =
        new GapRules(
            true, Duration.ofSeconds(10), Duration.ZERO, Duration.ofHours(24), Duration.ZERO);
    Gaps gaps = new Gaps(meters, rules);
    LastRecords unreachable =
        new LastRecords(
            "raw",
            "live",
            () -> {
              throw new KafkaException("no broker");
            });
    FrameGaps frameGaps = new FrameGaps(gaps, new Beginning(unreachable, clock, gaps), null, clock);
    Frames live = new Frames(meters, clock, flow, frameGaps, new SeenSymbols(), "live");
    Exchange exchange = exchange("[{\"ev\":\"T\",\"sym\":\"A\",\"t\":1788877046001}]");

    assertThatThrownBy(() -> live.split(exchange)).hasMessage("no broker");
    live.lost(exchange);

    assertThat(meters.get("market.events.lost").counter().count()).isOne();
    assertThat(flow.heldUp(Long.MAX_VALUE)).isFalse();
    Gaps.Place next = gaps.frame(1, OptionalLong.of(RECEIVED), RECEIVED);
    assertThat(next.completeMillis()).isEqualTo(1788877046001L - 10_000);
  }

  @Test
  void countsLettersThatKafkaDidNotTake() {
    Exchange exchange = split("[{\"ev\":\"T\"},{\"ev\":\"T\",\"sym\":\"A\",\"t\":1788877046001}]");
    frames.sent(exchange);

    frames.lost(exchange);

    assertThat(meters.get("market.dead.letters.lost").counter().count()).isOne();
    assertThat(meters.get("market.events.lost").counter().count()).isZero();
  }

  @Test
  void isHeldUpWhileAFrameWaitsForMoreThanASecond() {
    Exchange exchange = split("[{\"ev\":\"T\",\"sym\":\"A\",\"t\":1788877046001}]");
    long now = System.currentTimeMillis();

    assertThat(flow.heldUp(now)).isFalse();
    assertThat(flow.heldUp(now + 1_500)).isTrue();
    frames.sent(exchange);
    assertThat(flow.heldUp(now + 1_500)).isFalse();
  }

  private Exchange split(String frame) {
    Exchange exchange = exchange(frame);
    frames.split(exchange);
    return exchange;
  }

  private static Exchange exchange(String frame) {
    Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    exchange.getMessage().setHeader(PolygonConstants.RECEIVED, RECEIVED);
    exchange.getMessage().setBody(frame.getBytes(UTF_8));
    return exchange;
  }

  private static String value(Object message) {
    return new String((byte[]) ((Message) message).getBody(), UTF_8);
  }

  private static String text(Message message, String header) {
    return new String(message.getHeader(header, byte[].class), UTF_8);
  }
}
