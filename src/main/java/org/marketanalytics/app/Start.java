package org.marketanalytics.app;

import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.main.Main;

/** Runs the application to its end, and says in one line why it could not start. */
final class Start {
  private Start() {}

  /**
   * Returns the exit code: 0, 1 when something needed is not there, 2 when the configuration is
   * wrong.
   */
  static int run(Main main, String... args) {
    Preflight preflight = new Preflight();
    main.addMainListener(preflight);
    try {
      SecretFiles.read(System.getenv()).forEach(main::addOverrideProperty);
      main.run(args);
      return preflight.refusal().map(Start::complain).orElseGet(main::getExitCode);
    } catch (Exception e) {
      int exitCode = complain(why(e));
      main.shutdown();
      return exitCode;
    }
  }

  private static int complain(CannotStart why) {
    System.err.println(why.getMessage());
    return why.exitCode();
  }

  private static CannotStart why(Throwable e) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof CannotStart why) {
        return why;
      }
      if (t instanceof FailedToCreateRouteException route) {
        return CannotStart.badRoute(route.getRouteId(), OneLine.of(OneLine.root(e)));
      }
    }
    return CannotStart.failed(OneLine.of(OneLine.root(e)));
  }
}
