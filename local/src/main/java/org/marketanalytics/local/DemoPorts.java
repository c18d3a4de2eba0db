package org.marketanalytics.local;

import java.io.IOException;

/** The ports of a demo: those that were given, and free ones for the others. */
record DemoPorts(int http, int kafka, int mysql, int simulator) {

  /**
   * Chooses.
   *
   * @throws PartFailedException when one that was given is in use
   */
  static DemoPorts of(DemoOptions options) throws IOException {
    return new DemoPorts(
        choose("--http-port", options.httpPort, DemoOptions.HTTP_PORT),
        choose("--kafka-port", options.kafkaPort, DemoOptions.KAFKA_PORT),
        choose("--mysql-port", options.mysqlPort, DemoOptions.MYSQL_PORT),
        choose("--simulator-port", options.simulatorPort, DemoOptions.SIMULATOR_PORT));
  }

  private static int choose(String option, Integer given, int usual) throws IOException {
    if (given != null) {
      if (!Ports.isFree(given)) {
        throw new PartFailedException(
            "%s: port %d of 127.0.0.1 is in use; give a free one, or leave the option out"
                .formatted(option, given));
      }
      return given;
    }
    return Ports.isFree(usual) ? usual : Ports.free();
  }
}
