package org.marketanalytics.camel.polygon;

import java.util.Map;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.EndpointServiceLocation;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.support.DefaultEndpoint;

/** Receive live market data from the Polygon (Massive) WebSocket feed. */
@UriEndpoint(
    firstVersion = "1.0.0",
    scheme = PolygonConstants.SCHEME,
    title = "Polygon",
    syntax = "polygon:cluster",
    consumerOnly = true,
    remote = true,
    category = {Category.MESSAGING, Category.SAAS},
    headersClass = PolygonConstants.class)
public class PolygonEndpoint extends DefaultEndpoint implements EndpointServiceLocation {

  @UriParam private final PolygonConfiguration configuration;

  PolygonEndpoint(String uri, PolygonComponent component, PolygonConfiguration configuration) {
    super(uri, component);
    this.configuration = configuration;
  }

  @Override
  public Producer createProducer() {
    throw new UnsupportedOperationException(
        "polygon:" + configuration.getCluster() + " can only be consumed from");
  }

  @Override
  public Consumer createConsumer(Processor processor) throws Exception {
    PolygonConsumer consumer = new PolygonConsumer(this, processor);
    configureConsumer(consumer);
    return consumer;
  }

  @Override
  public PolygonComponent getComponent() {
    return (PolygonComponent) super.getComponent();
  }

  public PolygonConfiguration getConfiguration() {
    return configuration;
  }

  @Override
  public String getServiceUrl() {
    return configuration.address().display();
  }

  @Override
  public String getServiceProtocol() {
    return "websocket";
  }

  @Override
  public Map<String, String> getServiceMetadata() {
    return Map.of("cluster", configuration.getCluster());
  }
}
