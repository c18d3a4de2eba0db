package org.marketanalytics.app.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.marketanalytics.local.DatabaseProduct;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PageIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  // a Tuesday, 14:30 UTC: the session began at 08:00
  private static final Instant OPEN = Instant.parse("2026-03-03T14:30:00Z");
  private static final long SESSION = Instant.parse("2026-03-03T08:00:00Z").toEpochMilli();

  private LivePage page;

  DatabaseProduct product() {
    return DatabaseProduct.AUTO;
  }

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    page = LivePage.start(directory, product());
  }

  @AfterAll
  void stop() {
    if (page != null) {
      page.close();
    }
  }

  @BeforeEach
  void noRows() throws Exception {
    page.clear();
  }

  @Test
  void symbolsCarryTheLastPriceAndTheChangeOfTheSession() throws Exception {
    page.putBars(
        List.of(
            bar("AAPL", -1, "90", "91", 900, true),
            bar("AAPL", 0, "100.5", "101.25", 1000, true),
            bar("AAPL", 1, "101.25", "99.123456", 2000, false),
            bar("MSFT", 0, "200", "210", 1500, false),
            new Bar("OLD", OPEN.minusSeconds(86_400), "5", "6", 10, true)));

    JsonNode answer = json("api/symbols");

    assertThat(answer.get("session").longValue()).isEqualTo(SESSION);
    assertThat(answer.get("now").longValue())
        .isBetween(System.currentTimeMillis() - 60_000, System.currentTimeMillis());
    assertThat(answer.get("symbols")).hasSize(2);
    assertThat(answer.get("symbols").get(0).toString())
        .isEqualTo(
            """
            {"symbol":"AAPL","last":"99.123456","open":"90.000000","change":"9.123456",\
            "percent":"10.14","volume":"1200.250000","start":%d,"revision":2000}"""
                .formatted(minute(1)));
    assertThat(answer.get("symbols").get(1).get("percent").textValue()).isEqualTo("5.00");
  }

  @Test
  void onlyWhatChangedIsSentAgain() throws Exception {
    page.putBars(
        List.of(
            bar("AAPL", 0, "100", "101", 1000, false), bar("MSFT", 0, "200", "210", 2000, false)));

    assertThat(json("api/symbols?since=1001").get("symbols").findValuesAsText("symbol"))
        .containsExactly("MSFT");
  }

  @Test
  void anEmptyDatabaseHasNoSymbols() throws Exception {
    JsonNode answer = json("api/symbols");

    assertThat(answer.get("session").longValue()).isZero();
    assertThat(answer.get("symbols")).isEmpty();
  }

  @Test
  void barsCarryEveryColumn() throws Exception {
    page.putBars(List.of(bar("BRK.B", 0, "181.52", "181.55", 1000, false)));

    assertThat(json("api/bars?symbol=BRK.B&from=" + minute(0)).toString())
        .isEqualTo(
            """
            [{"start":%d,"end":%d,"open":"181.520000","high":"182.550000","low":"180.520000",\
            "close":"181.550000","volume":"1200.250000","vwap":"181.512300","trades":34,\
            "seconds":12,"revision":1000,"final":false}]"""
                .formatted(minute(0), minute(1)));
  }

  @Test
  void barsAreThoseOfTheSymbolFromTheTimeOnForADay() throws Exception {
    page.putBars(
        List.of(
            bar("AAPL", -1, "1", "1", 1, true),
            bar("AAPL", 0, "2", "2", 1, true),
            bar("AAPL", 1439, "3", "3", 1, true),
            bar("AAPL", 1440, "4", "4", 1, true),
            bar("MSFT", 0, "5", "5", 1, true)));

    assertThat(json("api/bars?symbol=AAPL&from=" + minute(0)).findValuesAsText("open"))
        .containsExactly("2.000000", "3.000000");
  }

  @Test
  void averagesCarryTheFourMeansOfEachStep() throws Exception {
    page.putAverage("AAPL", OPEN, "100", 1000);
    page.putAverage("AAPL", OPEN.plusSeconds(1), "101", 1000);
    page.putAverage("AAPL", OPEN.plusSeconds(5), "102", 2000);

    assertThat(json("api/averages?symbol=AAPL&from=" + minute(0))).hasSize(3);
    assertThat(json("api/averages?symbol=AAPL&step=5&since=1001&from=" + minute(0)).toString())
        .isEqualTo(
            """
            [{"end":%d,"open":"102.000000","high":"102.100000","low":"102.200000",\
            "close":"102.300000","seconds":57,"revision":2000}]"""
                .formatted(OPEN.plusSeconds(5).toEpochMilli()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "api/bars?from=0 | symbol | ",
        "api/bars?symbol=&from=0 | symbol | ''",
        "api/bars?symbol=A%20B&from=0 | symbol | A B",
        "api/bars?symbol=AAPL | from | ",
        "api/bars?symbol=AAPL&from=-1 | from | -1",
        "api/bars?symbol=AAPL&from=1.5 | from | 1.5",
        "api/bars?symbol=AAPL&from=123456789012345 | from | 123456789012345",
        "api/averages?symbol=AAPL&from=0&step=0 | step | 0",
        "api/averages?symbol=AAPL&from=0&step=61 | step | 61",
        "api/averages?symbol=AAPL&from=0&since=x | since | x",
        "api/symbols?since=%22%7D | since | '\"}'",
      })
  void aBadParameterIsNamedWithItsValueAndWhatIsAllowed(String path, String parameter, String value)
      throws Exception {
    HttpResponse<String> answer = page.get(path);

    assertThat(answer.statusCode()).isEqualTo(400);
    JsonNode error = JSON.readTree(answer.body());
    assertThat(error.get("parameter").textValue()).isEqualTo(parameter);
    assertThat(error.path("value").textValue()).isEqualTo(value);
    assertThat(error.get("allowed").textValue()).isNotBlank();
  }

  @Test
  void aParameterGivenTwiceIsRefused() throws Exception {
    assertThat(page.get("api/bars?symbol=AAPL&symbol=MSFT&from=0").statusCode()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "AAPL' OR '1'='1",
        "'; DROP TABLE bars; --",
        "${body}",
        "${bean:pageSource?method=close}",
        "{{market.database.user}}",
        "AAPL',${null},'",
        "../../etc/passwd",
        "<script>alert(1)</script>",
        "\u0000",
      })
  void whatIsNotASymbolDoesNothing(String attempt) throws Exception {
    page.putBars(List.of(bar("AAPL", 0, "100", "101", 1000, false)));

    HttpResponse<String> answer =
        page.get("api/bars?symbol=" + URLEncoder.encode(attempt, UTF_8) + "&from=0");

    if (answer.statusCode() == 200) {
      assertThat(answer.body()).isEqualTo("[]");
    } else {
      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(JSON.readTree(answer.body()).get("value").textValue()).isEqualTo(attempt);
    }
    assertThat(json("api/symbols").get("symbols")).hasSize(1);
  }

  @Test
  void everyAnswerCarriesTheHeadersOfSafetyAndNoneOfTheRequest() throws Exception {
    for (String path :
        List.of("", "page/app.js", "page/none.js", "api/symbols", "api/bars?symbol=AAPL&from=x")) {
      HttpResponse<String> answer = page.get(path);

      assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
          .as(path)
          .startsWith("default-src 'self';")
          .doesNotContain("unsafe");
      assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
      assertThat(answer.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
      assertThat(answer.headers().firstValue("Cache-Control")).isPresent();
      assertThat(answer.headers().map()).doesNotContainKeys("user-agent", "symbol", "from");
    }
  }

  @Test
  void theLibraryOfTheNamedVersionMayBeKeptForEver() throws Exception {
    String document = page.get("").body();
    String library = document.replaceAll("(?s).*src=\"(page/echarts/[^\"]+)\".*", "$1");

    HttpResponse<String> answer = page.get(library);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Cache-Control").orElseThrow()).contains("immutable");
    assertThat(answer.body()).hasSizeGreaterThan(500_000).contains("Apache License");
    assertThat(page.get("page/echarts/0.0.0").statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "page/..%2Fapplication.properties",
        "page/%2e%2e%2fapplication.properties",
        "page/application.properties",
        "page/none.html",
        "page/echarts/..%2F..",
        "page/a%00.js",
      })
  void nothingButThePagesFilesIsServed(String path) throws Exception {
    assertThat(page.get(path).statusCode()).isEqualTo(404);
  }

  @Test
  void nothingCanBeWritten() throws Exception {
    for (String method : List.of("POST", "PUT", "DELETE")) {
      assertThat(page.ask(method, "api/symbols").statusCode()).as(method).isEqualTo(405);
    }
  }

  @Test
  void pagesThatWaitForTheDatabaseLeaveConnectionsToTheRest() throws Exception {
    try (Connection connection = page.migration();
        Statement statement = connection.createStatement()) {
      statement.execute("LOCK TABLES bars WRITE");
      List<CompletableFuture<HttpResponse<String>>> waiting =
          Stream.generate(() -> page.getAsync("api/symbols")).limit(10).toList();
      // the first to be answered found no connection; all of them are taken now
      CompletableFuture.anyOf(waiting.toArray(CompletableFuture[]::new)).get(20, SECONDS);

      HttpResponse<String> health = page.get("observe/health/ready");

      statement.execute("UNLOCK TABLES");
      assertThat(waiting)
          .extracting(answer -> answer.get(20, SECONDS).statusCode())
          .contains(200, 503);
      assertThat(health.statusCode()).as(health.body()).isEqualTo(200);
    }
  }

  @Test
  void connectionsOfThePageCannotWrite() throws Exception {
    try (Connection connection = page.reader();
        Statement statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.executeUpdate("DELETE FROM bars"))
          .isInstanceOf(SQLException.class);
    }
  }

  private JsonNode json(String path) throws Exception {
    HttpResponse<String> answer = page.get(path);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
    return JSON.readTree(answer.body());
  }

  private static Bar bar(
      String symbol, int minute, String open, String close, long revision, boolean ended) {
    return new Bar(symbol, Instant.ofEpochMilli(minute(minute)), open, close, revision, ended);
  }

  private static long minute(int minute) {
    return OPEN.plusSeconds(60L * minute).toEpochMilli();
  }
}
