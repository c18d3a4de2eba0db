package org.marketanalytics.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The project's folder, and what the build leaves there. */
final class Built {

  private Built() {}

  /** The folder that {@code bin/bench} names. */
  static Path home() {
    return Path.of(System.getProperty("market.home", "")).toAbsolutePath().normalize();
  }

  /**
   * The jar of the application.
   *
   * @throws IOException when it is not there
   */
  static Path application() throws IOException {
    return of("src/target/market-analytics.jar");
  }

  /**
   * The jar of the benchmarks.
   *
   * @throws IOException when it is not there
   */
  static Path bench() throws IOException {
    return of("bench/target/bench.jar");
  }

  private static Path of(String relative) throws IOException {
    Path path = home().resolve(relative);
    if (!Files.exists(path)) {
      throw new IOException(path + " is missing; build it with: mvn -q -DskipTests package");
    }
    return path;
  }
}
