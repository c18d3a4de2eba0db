package org.marketanalytics.spark;

import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/**
 * The Spark session: what was set from outside (spark-submit, {@code -Dspark.…}) stands, the rest
 * is tuned for small, frequent batches.
 */
final class Session {
  private static final String STREAMING = "spark.sql.streaming.";
  private static final String STATE = STREAMING + "stateStore.";

  /** Batches whose history is kept. */
  private static final String RETAINED = "20";

  private Session() {}

  /**
   * Starts Spark.
   *
   * @param master where to run, or null for what spark-submit says, else this machine
   * @param uiPort port of Spark's own page at the address SPARK_LOCAL_IP, or 0 for none
   */
  static SparkSession start(String master, int uiPort) {
    SparkConf conf = new SparkConf();
    if (master != null) {
      conf.setMaster(master);
    }
    conf.setIfMissing("spark.master", "local[*]");
    conf.setIfMissing("spark.app.name", "market-aggregation");
    boolean local = conf.get("spark.master").startsWith("local");
    tuning(local).forEach(conf::setIfMissing);
    if (uiPort > 0) {
      conf.set("spark.ui.enabled", "true").set("spark.ui.port", Integer.toString(uiPort));
    } else {
      // kept by the thousand even when nobody can look at them
      conf.setIfMissing("spark.ui.retainedJobs", RETAINED);
      conf.setIfMissing("spark.ui.retainedStages", RETAINED);
      conf.setIfMissing("spark.ui.retainedTasks", RETAINED);
      conf.setIfMissing("spark.sql.ui.retainedExecutions", RETAINED);
    }
    return SparkSession.builder().config(conf).getOrCreate();
  }

  private static Map<String, String> tuning(boolean local) {
    Map<String, String> conf = new TreeMap<>();
    conf.put("spark.sql.session.timeZone", "UTC");
    conf.put(
        "spark.sql.shuffle.partitions",
        Integer.toString(local ? cores() : KafkaTopics.DEFAULT_PARTITIONS));
    // what each batch sends to its tasks is some ten kilobytes, for which 4 MiB would be cleared
    conf.put("spark.broadcast.blockSize", "256k");
    conf.put("spark.ui.enabled", "false");
    conf.put("spark.ui.killEnabled", "false"); // the page asks for no login
    conf.put("spark.ui.showConsoleProgress", "false");
    conf.put("spark.locality.wait", "0s");
    conf.put(
        "spark.sql.adaptive.enabled",
        "false"); // stateful queries cannot use it, and say so at each start
    conf.put(
        STATE + "providerClass",
        "org.apache.spark.sql.execution.streaming.state.RocksDBStateStoreProvider");
    conf.put(STATE + "rocksdb.changelogCheckpointing.enabled", "true");
    conf.put(
        STATE + "rocksdb.trackTotalNumberOfRows", "false"); // a read for every write, for a metric
    conf.put(STREAMING + "noDataMicroBatches.enabled", "false"); // nothing is due without a record
    conf.put(STREAMING + "stopTimeout", "20s");
    conf.put(STREAMING + "numRecentProgressUpdates", "5");
    // files of a checkpoint are renamed into place, so a second file with a checksum adds nothing
    // but time
    conf.put(STREAMING + "checkpoint.fileChecksum.enabled", "false");
    conf.put(
        STREAMING + "checkpointFileManagerClass",
        "org.apache.spark.sql.execution.streaming.checkpointing.FileSystemBasedCheckpointFileManager");
    if (local) {
      conf.put("spark.shuffle.compress", "false"); // no network between the tasks
      conf.put("spark.driver.host", "127.0.0.1");
      conf.put("spark.driver.bindAddress", "127.0.0.1");
      conf.put("spark.hadoop.fs.file.impl", UnforkedFileSystem.class.getName());
    }
    return conf;
  }

  /** Cores of this machine. */
  static int cores() {
    return Runtime.getRuntime().availableProcessors();
  }
}
