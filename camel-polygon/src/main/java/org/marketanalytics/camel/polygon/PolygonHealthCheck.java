package org.marketanalytics.camel.polygon;

import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** Readiness of a consumer: up while the feed delivers what was subscribed to. */
final class PolygonHealthCheck extends AbstractHealthCheck {

  private final PolygonConsumer consumer;

  PolygonHealthCheck(PolygonConsumer consumer, String routeId) {
    super("camel", "consumer:polygon-" + routeId);
    this.consumer = consumer;
  }

  @Override
  protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
    FeedState state = consumer.state();
    PolygonConfiguration configuration = consumer.getEndpoint().getConfiguration();
    builder.detail("feed.cluster", configuration.getCluster());
    builder.detail("feed.url", configuration.address().display());
    builder.detail("feed.state", state.phase().name());
    builder.detail("feed.since", state.since().toString());
    if (state.live()) {
      builder.detail("feed.subscriptions", state.subscriptions());
      builder.detail("feed.unconfirmed", state.unconfirmed());
      builder.up();
    } else {
      builder.message("feed " + configuration.getCluster() + ": " + state.reason());
      builder.detail("feed.reason", state.reason());
      builder.down();
    }
  }
}
