package org.marketanalytics.app;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says before each retry that the database does not take the rows, and why. */
final class DatabaseRetry implements Processor {
  private static final Logger LOG = LoggerFactory.getLogger(DatabaseRetry.class);

  @Override
  public void process(Exchange exchange) {
    Throwable cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    LOG.warn(
        "the database does not take the rows, trying again; nothing is lost route={} attempt={} cause={}",
        exchange.getFromRouteId(),
        exchange.getMessage().getHeader(Exchange.REDELIVERY_COUNTER),
        cause == null ? "unknown" : OneLine.of(OneLine.root(cause)));
  }
}
