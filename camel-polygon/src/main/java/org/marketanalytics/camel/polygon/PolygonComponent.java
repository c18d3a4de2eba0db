package org.marketanalytics.camel.polygon;

import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.SSLContextParametersAware;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.HealthCheckComponent;

/** Creates {@code polygon:} endpoints from the component's shared configuration and the URI. */
@Component(PolygonConstants.SCHEME)
public class PolygonComponent extends HealthCheckComponent implements SSLContextParametersAware {

  @Metadata(description = "The options that all endpoints start from.")
  private PolygonConfiguration configuration = new PolygonConfiguration();

  @Metadata(
      label = "security",
      defaultValue = "false",
      description = "Whether to use the SSL context parameters registered in the Camel context.")
  private boolean useGlobalSslContextParameters;

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters)
      throws Exception {
    PolygonConfiguration copy = configuration.copy();
    copy.setCluster(remaining);
    PolygonEndpoint endpoint = new PolygonEndpoint(uri, this, copy);
    setProperties(endpoint, parameters);
    if (copy.getSslContextParameters() == null) {
      copy.setSslContextParameters(retrieveGlobalSslContextParameters());
    }
    copy.validate();
    return endpoint;
  }

  public PolygonConfiguration getConfiguration() {
    return configuration;
  }

  /** Sets the options that all endpoints start from. */
  public void setConfiguration(PolygonConfiguration configuration) {
    this.configuration = configuration;
  }

  @Override
  public boolean isUseGlobalSslContextParameters() {
    return useGlobalSslContextParameters;
  }

  @Override
  public void setUseGlobalSslContextParameters(boolean useGlobalSslContextParameters) {
    this.useGlobalSslContextParameters = useGlobalSslContextParameters;
  }
}
