package org.marketanalytics.app;

import org.apache.camel.main.Main;

/** Starts the application. Everything else is a property, a route or a bean that a route names. */
public final class MarketAnalytics {
  private MarketAnalytics() {}

  public static void main(String[] args) {
    Main main = new Main();
    main.addMainListener(new Preflight());
    System.exit(Start.run(main, args));
  }
}
