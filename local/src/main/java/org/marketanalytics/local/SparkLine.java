package org.marketanalytics.local;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How a program on Spark is started. */
final class SparkLine {

  private SparkLine() {}

  /**
   * The command up to the program's own arguments.
   *
   * @param jvm options of the JVM, after those that come with Spark
   * @param temporary an existing folder
   */
  static List<String> of(List<String> jvm, Path temporary, String mainClass)
      throws PartFailedException {
    List<String> line = new ArrayList<>();
    line.add(Java.executable());
    line.add("@" + Project.built("spark-jobs/target/spark-home/conf/jvm.options"));
    line.addAll(jvm);
    line.add("-Djava.io.tmpdir=" + temporary);
    line.add("-cp");
    line.add(
        Project.built("spark-jobs/target/spark-home/jars")
            + "/*:"
            + Project.built("spark-jobs/target/spark-jobs.jar"));
    line.add(mainClass);
    return line;
  }
}
