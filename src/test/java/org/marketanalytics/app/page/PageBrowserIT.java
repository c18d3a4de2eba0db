package org.marketanalytics.app.page;

import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.marketanalytics.local.DatabaseProduct;

/** The scenarios of {@code src/test/node/scenarios.mjs}. */
class PageBrowserIT {
  private static final int MINUTES = 30;

  @TempDir private static Path directory;
  private static Browser browser;
  private static LivePage page;
  private static Instant first;

  @BeforeAll
  static void start() throws Exception {
    browser = Browser.install();
    page = LivePage.start(directory, DatabaseProduct.AUTO);
    // minutes of one session, wherever the clock stands
    first = Instant.now().truncatedTo(ChronoUnit.DAYS).minus(10, ChronoUnit.HOURS);
  }

  @AfterAll
  static void stop() {
    if (page != null) {
      page.close();
    }
  }

  @BeforeEach
  void noRows() throws Exception {
    page.clear();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "candles",
        "listKeepsOrderAndNames",
        "keyboard",
        "averagesAndRanges",
        "phone",
        "themes",
        "saysThatItIsDisconnectedAndComesBack",
        "asksNothingWhileHidden",
        "oddAddresses",
      })
  void works(String scenario) throws Exception {
    putMarket(soon());

    browser.run(scenario, page.address());
  }

  @Test
  void theListFollowsTheDatabase() throws Exception {
    putMarket(soon());

    browser.run(
        "listFollowsTheDatabase",
        page.address(),
        () -> {
          page.putBars(
              List.of(
                  bar("MSFT", MINUTES - 1, "200", "1234.567", soon() + 1),
                  bar("NEW", MINUTES - 1, "7", "8", soon() + 1)));
          return null;
        });
  }

  @Test
  void theChartFollowsTheDatabase() throws Exception {
    putMarket(soon());

    browser.run(
        "chartFollowsTheDatabase",
        page.address(),
        () -> {
          page.putBars(List.of(bar("AAPL", MINUTES, "129.5", "77.25", soon() + 1)));
          return null;
        });
  }

  @Test
  void anEmptyPageWaitsForTheFirstBar() throws Exception {
    browser.run(
        "waitsForTheFirstBar",
        page.address(),
        () -> {
          putMarket(soon());
          return null;
        });
  }

  @Test
  void aSymbolThatIsNamedBeforeItsFirstBarIsShownWithIt() throws Exception {
    browser.run(
        "waitsForTheFirstBarOfASymbol",
        page.address(),
        () -> {
          putMarket(soon());
          return null;
        });
  }

  @Test
  void aPageThatIsLeftOpenShowsThePresent() throws Exception {
    putMarket(soon());

    browser.run(
        "showsThePresentAfterAWhile",
        page.address(),
        () -> {
          // more averages, one a second, than an answer holds
          int later = MINUTES + 90;
          List<Instant> ends =
              LongStream.rangeClosed(60L * MINUTES + 1, 60L * later)
                  .mapToObj(first::plusSeconds)
                  .toList();
          page.putAverages("AAPL", ends, "250", soon());
          page.putBars(
              IntStream.range(MINUTES, later)
                  .mapToObj(minute -> bar("AAPL", minute, "129.5", "77.25", soon()))
                  .toList());
          return null;
        });
  }

  @Test
  void aLargeMarketDoesNotFreezeThePage() throws Exception {
    long revision = soon();
    page.putBars(
        IntStream.range(0, 10_000)
            .mapToObj(i -> bar("S%05d".formatted(i), 0, "100", "101", revision))
            .toList());

    browser.run("tenThousandSymbols", page.address());
  }

  @Test
  void oldPricesAreCalledStale() throws Exception {
    putMarket(System.currentTimeMillis() - 60_000);

    browser.run("staleWhenNothingComes", page.address());
  }

  /** A revision that stays fresh for as long as a scenario takes. */
  private static long soon() {
    return System.currentTimeMillis() + 30_000;
  }

  private static void putMarket(long revision) throws Exception {
    List<Bar> bars = new ArrayList<>();
    for (int minute = 0; minute < MINUTES; minute++) {
      boolean rises = minute % 3 != 0;
      String open = Integer.toString(100 + minute);
      String close = minute == 0 ? "100" : rises ? open + ".5" : (98 + minute) + ".5";
      bars.add(bar("AAPL", minute, open, close, revision));
      bars.add(bar("MSFT", minute, "200", "200.5", revision));
      bars.add(bar("X:BTC-USD", minute, "91234.123456", "91000", revision));
    }
    page.putBars(bars);
    for (int minute = 0; minute < MINUTES; minute++) {
      page.putAverage(
          "AAPL",
          first.plus(minute + 1, ChronoUnit.MINUTES),
          Integer.toString(100 + minute),
          revision);
    }
  }

  private static Bar bar(String symbol, int minute, String open, String close, long revision) {
    boolean ended = minute < MINUTES - 1;
    return new Bar(symbol, first.plus(minute, ChronoUnit.MINUTES), open, close, revision, ended);
  }
}
