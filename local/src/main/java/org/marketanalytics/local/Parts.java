package org.marketanalytics.local;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The running parts of a demo.
 *
 * @param records counts since before the first record of this run
 * @param simulator null when the feed is the real one
 */
record Parts(
    Broker broker,
    RecordCounter records,
    Database database,
    Simulator simulator,
    Job job,
    Application application)
    implements AutoCloseable {

  /** The job's folder in the data folder. */
  static final String JOB = "job";

  private static final String CLUSTER = "stocks";

  /** Starts a part; a lambda that may throw what starting throws. */
  @FunctionalInterface
  private interface Start<T> {
    T start() throws IOException, InterruptedException;
  }

  /**
   * Starts what is independent at once, and the rest as soon as what it needs is there: the job
   * needs the broker, the application all but the job.
   *
   * @throws PartFailedException of the first part that fails; the others may still run
   */
  static Parts start(DemoOptions options, DemoPorts ports, Path data, Screen screen)
      throws IOException, InterruptedException {
    ExecutorService threads =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "start");
              thread.setDaemon(true);
              return thread;
            });
    CompletableFuture<Broker> broker =
        async(
            threads,
            () -> {
              long begun = System.nanoTime();
              Broker started = Broker.start(data.resolve("broker"), ports.kafka());
              screen.ready("broker", "Kafka on " + started.bootstrapServers(), secondsSince(begun));
              return started;
            });
    CompletableFuture<RecordCounter> records =
        broker.thenCompose(
            kafka -> async(threads, () -> new RecordCounter(kafka.bootstrapServers()).start()));
    CompletableFuture<Database> database =
        async(
            threads,
            () -> {
              long begun = System.nanoTime();
              Database started =
                  Database.start(data.resolve("database"), ports.mysql(), options.database);
              screen.ready("database", describe(started), secondsSince(begun));
              return started;
            });
    CompletableFuture<Simulator> simulator =
        options.live
            ? CompletableFuture.completedFuture(null)
            : async(
                threads,
                () -> {
                  long begun = System.nanoTime();
                  Simulator started =
                      Simulator.start(
                          data.resolve("simulator"), ports.simulator(), simulation(options));
                  screen.ready("simulator", started.webSocketUrl(CLUSTER), secondsSince(begun));
                  return started;
                });
    CompletableFuture<Job> job =
        records.thenCompose(
            counting ->
                async(
                    threads,
                    () -> {
                      long begun = System.nanoTime();
                      Job started =
                          Job.start(
                              data.resolve(JOB),
                              broker.join().bootstrapServers(),
                              options.compilers(),
                              "--slide",
                              options.slide.toSeconds() + "s",
                              "--lateness",
                              options.lateness.toSeconds() + "s",
                              "--tasks",
                              Integer.toString(options.tasks()));
                      screen.ready("job", "Spark, in one process", secondsSince(begun));
                      return started;
                    }));
    CompletableFuture<Application> application =
        CompletableFuture.allOf(records, database, simulator)
            .thenCompose(
                done ->
                    async(
                        threads,
                        () -> {
                          long begun = System.nanoTime();
                          Application started =
                              Application.start(
                                  data.resolve("application"),
                                  ports.http(),
                                  options.compilers(),
                                  configuration(
                                      options, broker.join(), database.join(), simulator.join()));
                          screen.ready("application", "Camel", secondsSince(begun));
                          return started;
                        }));

    try {
      awaitAllOrFirstFailure(List.of(broker, records, database, simulator, job, application));
      return new Parts(
          broker.join(),
          records.join(),
          database.join(),
          simulator.join(),
          job.join(),
          application.join());
    } finally {
      threads.shutdown();
    }
  }

  /** Completes, with a report, when the first of the parts ends. */
  CompletableFuture<String> death() {
    return CompletableFuture.anyOf(
            processes().stream()
                .map(process -> process.ended().thenApply(ended -> process.describeExit()))
                .toArray(CompletableFuture[]::new))
        .thenApply(String.class::cast);
  }

  /** Stops in the order of the stream, so that nobody loses what it still writes to. */
  @Override
  public void close() {
    records.close();
    if (simulator != null) {
      simulator.close();
    }
    application.close();
    job.close();
    database.close();
    broker.close();
  }

  private List<ChildProcess> processes() {
    List<ChildProcess> processes =
        new ArrayList<>(
            List.of(broker.process(), database.process(), job.process(), application.process()));
    if (simulator != null) {
      processes.add(simulator.process());
    }
    return processes;
  }

  private static String describe(Database database) {
    return "%s on 127.0.0.1:%d (%s)"
        .formatted(database.product(), database.port(), database.reason());
  }

  private static String[] simulation(DemoOptions options) {
    List<String> arguments = new ArrayList<>();
    if (options.replay == null) {
      arguments.addAll(List.of("--clusters", CLUSTER));
    }
    add(arguments, "--symbols", options.symbols);
    add(arguments, "--rate", options.rate);
    add(arguments, "--seed", options.seed);
    add(arguments, "--speed", options.speed);
    if (options.replay != null) {
      add(arguments, "--replay", options.replay.toAbsolutePath());
    }
    return arguments.toArray(String[]::new);
  }

  private static void add(List<String> arguments, String option, Object value) {
    if (value != null) {
      arguments.add(option);
      arguments.add(value.toString());
    }
  }

  private static Map<String, String> configuration(
      DemoOptions options, Broker broker, Database database, Simulator simulator) {
    Map<String, String> configuration = new HashMap<>();
    configuration.putAll(Application.configuration(broker, database));
    if (options.record != null) {
      configuration.put("MARKET_RECORD_FOLDER", options.record.toAbsolutePath().toString());
    }
    if (simulator == null) {
      configuration.put(ChildProcess.API_KEY, DemoOptions.apiKey());
    } else {
      configuration.put("MARKET_FEED_URL", simulator.webSocketUrl(CLUSTER));
      // the simulator takes any key, and a real one is not for it
      configuration.put(ChildProcess.API_KEY, "demo");
      configuration.put("MARKET_FEED_ORIGIN", options.replay == null ? "live" : "replay");
    }
    return configuration;
  }

  private static <T> CompletableFuture<T> async(ExecutorService threads, Start<T> start) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return start.start();
          } catch (IOException e) {
            throw new CompletionException(e);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
          }
        },
        threads);
  }

  private static void awaitAllOrFirstFailure(List<CompletableFuture<?>> parts)
      throws IOException, InterruptedException {
    List<CompletableFuture<?>> outcomes = new ArrayList<>();
    outcomes.add(CompletableFuture.allOf(parts.toArray(CompletableFuture[]::new)));
    // completes only when the part fails
    parts.forEach(part -> outcomes.add(part.thenCompose(started -> new CompletableFuture<>())));
    try {
      CompletableFuture.anyOf(outcomes.toArray(CompletableFuture[]::new)).get();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      while (cause instanceof CompletionException && cause.getCause() != null) {
        cause = cause.getCause();
      }
      if (cause instanceof IOException failure) {
        throw failure;
      }
      throw new IOException(cause);
    }
  }

  private static double secondsSince(long nanos) {
    return (System.nanoTime() - nanos) / (double) Duration.ofSeconds(1).toNanos();
  }
}
