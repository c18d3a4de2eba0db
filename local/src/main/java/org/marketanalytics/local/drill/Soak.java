package org.marketanalytics.local.drill;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.marketanalytics.local.Reconciliation;

/** Every minute one of the drills at random, for a long time; the same seed gives the same ones. */
final class Soak implements Disturbance {

  private static final Duration PERIOD = Duration.ofMinutes(1);

  /** By then the simulator remembers as much as it ever will. */
  private static final Duration WARM_UP = Duration.ofMinutes(4);

  private static final List<Drill> DRILLS =
      List.of(
          Drill.KILL_APPLICATION,
          Drill.KILL_JOB,
          Drill.KILL_BROKER,
          Drill.KILL_DATABASE,
          Drill.KILL_APPLICATION_AND_JOB,
          Drill.FEED_DROPS_SHORT,
          Drill.STOP_IN_MID_BATCH);

  private final Duration time;
  private final Random random;
  private final Path directory;
  private final PrintStream out;
  private final Heaps heaps = new Heaps();

  Soak(Duration time, long seed, Path directory, PrintStream out) {
    this.time = time;
    this.random = new Random(seed);
    this.directory = directory;
    this.out = out;
  }

  @Override
  public double play(Pipeline pipeline) throws IOException, InterruptedException {
    double longest = 0;
    Thread.sleep(WARM_UP.toMillis());
    long end = System.nanoTime() + time.toNanos();
    for (long next = System.nanoTime(); next < end; next += PERIOD.toNanos()) {
      Thread.sleep(Math.max(0, (next - System.nanoTime()) / 1_000_000));
      String heap = heaps.sample(pipeline.pids());
      Drill drill = DRILLS.get(random.nextInt(DRILLS.size()));
      double seconds = drill.on(directory, Duration.ZERO).play(pipeline);
      out.printf("  %-28s recover_s=%-6.1f %s%n", drill.word(), seconds, heap);
      longest = Math.max(longest, seconds);
    }
    heaps.sample(pipeline.pids());
    return longest;
  }

  /** The database must equal the raw topic, too, and no heap may have grown. */
  @Override
  public String complaint(Pipeline pipeline) throws IOException, InterruptedException {
    heaps.lines().forEach(line -> out.println("  " + line));
    Reconciliation.Result result =
        Reconciliation.run(
            directory.resolve("reconcile"),
            pipeline.broker().bootstrapServers(),
            pipeline.database(),
            pipeline.jobSettings().toArray(String[]::new));
    result.lines().forEach(line -> out.println("  " + line));
    return result.exitCode() == 0 ? heaps.complaint() : "reconciled with code " + result.exitCode();
  }
}
