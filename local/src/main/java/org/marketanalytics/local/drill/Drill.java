package org.marketanalytics.local.drill;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The drills, in the order in which they are played. */
enum Drill {
  UNDISTURBED("nothing; if a row differs here, the method is wrong", Drill::nothing),
  KILL_APPLICATION(
      "kill -9 of the application",
      (pipeline, outage) -> {
        pipeline.killApplication();
        long over = System.nanoTime();
        pipeline.startApplication();
        return over;
      }),
  KILL_JOB(
      "kill -9 of the job",
      (pipeline, outage) -> {
        pipeline.killJob();
        pipeline.launchJob();
        return System.nanoTime();
      }),
  KILL_BROKER(
      "kill -9 of Kafka",
      (pipeline, outage) -> {
        pipeline.killBroker();
        pipeline.startBroker();
        return System.nanoTime();
      }),
  KILL_DATABASE(
      "kill -9 of MySQL",
      (pipeline, outage) -> {
        pipeline.killDatabase();
        pipeline.startDatabase();
        return System.nanoTime();
      }),
  KILL_APPLICATION_AND_JOB(
      "kill -9 of both",
      (pipeline, outage) -> {
        pipeline.killApplication();
        pipeline.killJob();
        long over = System.nanoTime();
        pipeline.launchJob();
        pipeline.startApplication();
        return over;
      }),
  KILL_BROKER_AND_DATABASE(
      "kill -9 of both servers",
      (pipeline, outage) -> {
        pipeline.killBroker();
        pipeline.killDatabase();
        pipeline.startBroker();
        pipeline.startDatabase();
        return System.nanoTime();
      }),
  KILL_APPLICATION_AND_BROKER(
      "kill -9 of both",
      (pipeline, outage) -> {
        pipeline.killApplication();
        pipeline.killBroker();
        pipeline.startBroker();
        long over = System.nanoTime();
        pipeline.startApplication();
        return over;
      }),
  KILL_IN_TURN(
      "kill -9 of job, MySQL, application and Kafka, each once all is well again",
      Drill::killInTurn),
  FEED_DROPS(
      "the link is lost 20 times within a minute: closed, cut or half open",
      (pipeline, outage) -> FeedFaults.drops(pipeline.market(), 20)),
  FEED_DROPS_SHORT(
      "the same, 5 times within 15 s",
      (pipeline, outage) -> FeedFaults.drops(pipeline.market(), 5)),
  REST_ERRORS(
      "the link is lost for 15 s, and the REST interface answers 429, then 500, then late",
      (pipeline, outage) -> FeedFaults.rest(pipeline.market())),
  KAFKA_AWAY(
      "no Kafka for the time of --outage",
      (pipeline, outage) -> {
        pipeline.killBroker();
        Thread.sleep(outage.toMillis());
        pipeline.startBroker();
        return System.nanoTime();
      }),
  MYSQL_AWAY(
      "no MySQL for the time of --outage",
      (pipeline, outage) -> {
        pipeline.killDatabase();
        Thread.sleep(outage.toMillis());
        pipeline.startDatabase();
        return System.nanoTime();
      }),
  CHECKPOINT_DISK_FULL("the disk of the job's checkpoint is full until the job has ended", null),
  STOP_IN_MID_BATCH(
      "SIGTERM to application and job, which start again",
      (pipeline, outage) -> {
        pipeline.stopJob();
        pipeline.stopApplication();
        long over = System.nanoTime();
        pipeline.launchJob();
        pipeline.startApplication();
        return over;
      });

  private final String description;

  @SuppressWarnings("ImmutableEnumChecker") // functions without a state; null: it takes more
  private final Fault fault;

  Drill(String description, Fault fault) {
    this.description = description;
    this.fault = fault;
  }

  String description() {
    return description;
  }

  /** The drill as all that goes wrong in a run on this folder. */
  Disturbance on(Path directory, Duration outage) {
    if (fault == null) {
      return new FullDisk(Pipeline.checkpoint(directory));
    }
    return pipeline -> Recovery.await(pipeline, fault.play(pipeline, outage));
  }

  /** As on the command line, e.g. {@code kill-job}. */
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The drill of that name.
   *
   * @throws IllegalArgumentException naming those that there are
   */
  static Drill of(String word) {
    return Arrays.stream(values())
        .filter(drill -> drill.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'%s' is no drill; there are %s"
                        .formatted(
                            word,
                            Arrays.stream(values())
                                .map(Drill::word)
                                .collect(Collectors.joining(", ")))));
  }

  /** All but the short form of another one. */
  static List<Drill> all() {
    return Arrays.stream(values()).filter(drill -> drill != FEED_DROPS_SHORT).toList();
  }

  /** A choice for every build. */
  static List<Drill> quick() {
    return List.of(KILL_APPLICATION, KILL_JOB, FEED_DROPS_SHORT);
  }

  private static long killInTurn(Pipeline pipeline, Duration outage)
      throws IOException, InterruptedException {
    for (Drill each : List.of(KILL_JOB, KILL_DATABASE, KILL_APPLICATION)) {
      Recovery.await(pipeline, each.fault.play(pipeline, outage));
    }
    return KILL_BROKER.fault.play(pipeline, outage);
  }

  private static long nothing(Pipeline pipeline, Duration outage) {
    return System.nanoTime();
  }
}
