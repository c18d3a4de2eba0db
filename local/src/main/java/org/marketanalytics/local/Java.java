package org.marketanalytics.local;

import java.nio.file.Path;
import java.util.List;

/** The Java that runs this process runs the children too. */
final class Java {

  /**
   * Without the second compiler: Spark's first batch is there after 11 s of processor time instead
   * of 18 (measured), which is what counts in a test or a small market.
   */
  static final List<String> QUICK_START = List.of("-XX:TieredStopAtLevel=1");

  /** With both compilers, for many events a second over a longer time. */
  static final List<String> THROUGHPUT = List.of();

  private Java() {}

  static String executable() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }
}
