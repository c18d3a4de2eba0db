package org.marketanalytics.simulator.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ListingTest {
  @ParameterizedTest
  @EnumSource(Cluster.class)
  void listsAsManyDifferentSymbolsAsAreAskedFor(Cluster cluster) {
    List<Listing.Entry> listing = Listing.of(cluster, 5_000);

    assertThat(listing).hasSize(5_000).extracting(Listing.Entry::symbol).doesNotHaveDuplicates();
    assertThat(listing).allSatisfy(entry -> assertThat(entry.price()).isPositive());
  }

  @Test
  void beginsWithWellKnownNamesAndGoesOnWithMadeUpOnes() {
    assertThat(Market.symbols(Cluster.STOCKS, 52))
        .startsWith("AAPL", "NVDA", "TSLA")
        .endsWith("AAA", "AAB");
    assertThat(Market.symbols(Cluster.CRYPTO, 2)).containsExactly("BTC-USD", "ETH-USD");
    assertThat(Market.symbols(Cluster.FOREX, 1)).containsExactly("EUR/USD");
    assertThat(Market.symbols(Cluster.INDICES, 1)).containsExactly("I:SPX");
    assertThat(Market.symbols(Cluster.OPTIONS, 1))
        .allMatch(symbol -> symbol.matches("O:AAPL\\d{6}[CP]\\d{8}"));
  }
}
