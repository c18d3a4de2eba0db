package org.marketanalytics.camel.polygon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolygonEndpointTest extends PolygonTestSupport {

  private PolygonEndpoint endpoint(String uri) {
    context().getComponent("polygon", PolygonComponent.class).getConfiguration().setChannels(null);
    return context().getEndpoint(uri, PolygonEndpoint.class);
  }

  @ParameterizedTest
  @CsvSource({
    "stocks, A.AAPL",
    "options, A.AAPL",
    "indices, A.AAPL",
    "crypto, XAS.AAPL",
    "forex, CAS.AAPL"
  })
  void subscribesToTheSecondsOfItsClusterByDefault(String cluster, String pair) {
    assertThat(endpoint("polygon:" + cluster).getConfiguration().subscriptions())
        .containsExactly(pair);
  }

  @ParameterizedTest
  @CsvSource({
    "'', wss://socket.polygon.io/stocks",
    "url=, wss://socket.polygon.io/stocks",
    "url=wss://delayed.polygon.io, wss://delayed.polygon.io/stocks",
    "url=wss://socket.massive.com/, wss://socket.massive.com/stocks",
    "url=ws://127.0.0.1:8765, ws://127.0.0.1:8765/stocks",
    "url=ws://127.0.0.1:8765/a/b, ws://127.0.0.1:8765/a/b",
    "url=ws://[::1]:8765, ws://[::1]:8765/stocks"
  })
  void completesTheAddress(String option, String address) {
    assertThat(endpoint("polygon:stocks?" + option).getServiceUrl()).isEqualTo(address);
  }

  @Test
  void showsNoSecretsOfAnAddress() {
    PolygonEndpoint endpoint =
        endpoint("polygon:stocks?url=RAW(wss://me:pass@127.0.0.1/stocks?token=secret)");

    assertThat(endpoint.getServiceUrl()).isEqualTo("wss://127.0.0.1/stocks");
    assertThat(endpoint.getConfiguration().address()).hasToString("wss://127.0.0.1/stocks");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bonds | cluster=bonds is unknown; allowed: stocks, options, crypto, forex, indices",
        "stocks?channels=A,XT | channels=A,XT names 'XT', which stocks does not have; allowed: A, T",
        "crypto?channels=T | channels=T names 'T', which crypto does not have; allowed: XAS, XT",
        "stocks?symbols=AAPL,,MSFT | symbols=AAPL,,MSFT holds '', which is not a symbol",
        "stocks?url=http://127.0.0.1 | url=http://127.0.0.1 is not a WebSocket address; allowed: ws",
        "stocks?maxInFlight=0 | maxInFlight=0 is too small; allowed: 1 or more",
        "stocks?maxInFlightBytes=1023 | maxInFlightBytes=1023 is too small; allowed: 1024 or more",
        "stocks?pingInterval=0 | pingInterval=0 is too small; allowed: 1 or more",
        "stocks?reconnectInitialDelay=90s | reconnectMaxDelay=50 is too small; allowed: 90000"
      })
  void namesTheOptionItsValueAndWhatIsAllowed(String uri, String error) {
    assertThatThrownBy(() -> endpoint("polygon:" + uri))
        .rootCause()
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(error);
  }

  @Test
  void takesTimesWithUnits() {
    assertThat(endpoint("polygon:stocks?pingInterval=2s").getConfiguration().getPingInterval())
        .isEqualTo(2000);
  }

  @Test
  void isForConsumersOnly() {
    assertThatThrownBy(() -> endpoint("polygon:stocks").createProducer())
        .isInstanceOf(UnsupportedOperationException.class);
  }
}
