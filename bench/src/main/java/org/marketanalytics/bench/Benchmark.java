package org.marketanalytics.bench;

import java.nio.file.Path;
import java.util.List;

/** Something that can be measured. */
interface Benchmark {

  /** As it is called on the command line: one word. */
  String name();

  /** What is compared with what, in a line. */
  String description();

  /**
   * Measures; takes minutes.
   *
   * @param folder an empty one for records, rows and logs
   * @throws Exception whatever keeps a part from being measured
   */
  List<Result> run(Effort effort, Path folder) throws Exception;
}
