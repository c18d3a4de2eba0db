package org.marketanalytics.app.backfill;

import java.util.List;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.message.BasicHeader;

/**
 * Lets the client send the key with each request. It stands in no address and in no message, so
 * that nothing that logs one shows it.
 */
public final class RestKey implements HttpClientConfigurer {
  private final String key;

  /** The key of the plan. */
  public RestKey(String key) {
    this.key = key;
  }

  @Override
  public void configureHttpClient(HttpClientBuilder client) {
    client.setDefaultHeaders(List.of(new BasicHeader(HttpHeaders.AUTHORIZATION, "Bearer " + key)));
    client.disableRedirectHandling(); // another host must not get it
    client.disableAutomaticRetries(); // those of the route are counted, and wait as long as told
  }
}
