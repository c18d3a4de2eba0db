package org.marketanalytics.local;

import java.util.List;

/**
 * How much of a cluster the job gets.
 *
 * @param master {@code spark://HOST:PORT}
 * @param count of executors, 1 or more, with one core each
 */
public record Executors(String master, int count) {

  /** The least that Spark starts an executor with is 450 MiB. */
  static final String MEMORY = "512m";

  /**
   * What {@code spark-submit} is told; {@code docker/compose.yaml} tells it the same.
   *
   * @param jar of the job
   */
  List<String> submit(String jar, String mainClass) {
    return List.of(
        "--master",
        master,
        "--deploy-mode",
        "client",
        "--class",
        mainClass,
        "--total-executor-cores",
        Integer.toString(count),
        "--executor-cores",
        "1",
        "--executor-memory",
        MEMORY,
        "--conf",
        "spark.driver.host=127.0.0.1",
        "--conf",
        "spark.driver.bindAddress=127.0.0.1",
        "--conf",
        "spark.executor.extraJavaOptions=-XX:+UseSerialGC " + String.join(" ", Java.QUICK_START),
        // as in local mode: files of the checkpoint without a `chmod` process each
        "--conf",
        "spark.hadoop.fs.file.impl=org.marketanalytics.spark.UnforkedFileSystem",
        // that file system is opened before the driver hands out the job's jar
        "--conf",
        "spark.executor.extraClassPath=" + jar,
        jar);
  }
}
