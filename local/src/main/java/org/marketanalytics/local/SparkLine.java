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
   * @param more jars on the class path, after the job's
   */
  static List<String> of(List<String> jvm, Path temporary, String mainClass, Path... more)
      throws PartFailedException {
    List<String> line = new ArrayList<>();
    line.add(Java.executable());
    line.add("@" + Project.built("spark-jobs/target/spark-home/conf/jvm.options"));
    line.addAll(jvm);
    line.add("-Djava.io.tmpdir=" + temporary);
    line.add("-cp");
    StringBuilder classPath =
        new StringBuilder(Project.built("spark-jobs/target/spark-home/jars") + "/*:" + jobs());
    for (Path jar : more) {
      classPath.append(':').append(jar);
    }
    line.add(classPath.toString());
    line.add(mainClass);
    return line;
  }

  /** Like {@link #of}, with the work done by the executors of a cluster. */
  static List<String> on(Executors executors, List<String> jvm, Path temporary, String mainClass)
      throws PartFailedException {
    List<String> line = of(jvm, temporary, "org.apache.spark.deploy.SparkSubmit");
    line.addAll(executors.submit(jobs().toString(), mainClass));
    return line;
  }

  private static Path jobs() throws PartFailedException {
    return Project.built("spark-jobs/target/spark-jobs.jar");
  }
}
