package org.marketanalytics.app;

import org.apache.camel.main.Main;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** Starts the application. Everything else is a property, a route or a bean that a route names. */
public final class MarketAnalytics {
  private MarketAnalytics() {}

  public static void main(String[] args) {
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    System.exit(Start.run(new Main(), args));
  }
}
