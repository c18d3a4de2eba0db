package org.marketanalytics.app;

import org.apache.camel.main.Main;

/** Runs the application to its end, and says in one line why it could not start. */
final class Start {
  private Start() {}

  /**
   * Returns the exit code: 0, 1 when something needed is not there, 2 when the configuration is
   * wrong.
   */
  static int run(Main main, String... args) {
    try {
      main.run(args);
      return main.getExitCode();
    } catch (Exception e) {
      CannotStart why = cannotStart(e);
      System.err.println(
          why == null ? "cannot start: " + OneLine.of(OneLine.root(e)) : why.getMessage());
      main.shutdown();
      return why == null ? 1 : why.exitCode();
    }
  }

  private static CannotStart cannotStart(Throwable e) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof CannotStart why) {
        return why;
      }
    }
    return null;
  }
}
