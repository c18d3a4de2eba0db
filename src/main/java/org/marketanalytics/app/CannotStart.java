package org.marketanalytics.app;

/** Why the application does not start, in one line for the operator. */
final class CannotStart extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int exitCode;

  private CannotStart(int exitCode, String line) {
    super(line);
    this.exitCode = exitCode;
  }

  /** The configuration is wrong; exit code 2. */
  static CannotStart badConfiguration(String key, String value, String allowed) {
    return new CannotStart(2, "%s=%s: %s".formatted(key, value, allowed));
  }

  /** The configuration is right, but what it names is not there; exit code 1. */
  static CannotStart unreachable(String key, String value, String cause) {
    return new CannotStart(1, "%s=%s: %s".formatted(key, value, cause));
  }

  /** A route cannot be made of its file and the configuration; exit code 2. */
  static CannotStart badRoute(String route, String cause) {
    return new CannotStart(2, "route %s: %s".formatted(route, cause));
  }

  /** What nobody foresaw; exit code 1. */
  static CannotStart failed(String cause) {
    return new CannotStart(1, "cannot start: " + cause);
  }

  int exitCode() {
    return exitCode;
  }
}
