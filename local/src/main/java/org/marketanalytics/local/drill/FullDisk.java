package org.marketanalytics.local.drill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A checkpoint that cannot be written any more, on a disk of its own. */
final class FullDisk implements Disturbance {

  private static final Duration END_BOUND = Duration.ofMinutes(1);
  private static final Duration POLL = Duration.ofMillis(100);

  private final Path checkpoint;
  private SmallDisk disk;

  FullDisk(Path checkpoint) {
    this.checkpoint = checkpoint;
  }

  @Override
  public void before() throws IOException, InterruptedException {
    disk = SmallDisk.mount(checkpoint);
  }

  @Override
  public void after() {
    disk.unmount();
  }

  /** The job has to end and to say so in one line; it starts again when there is space. */
  @Override
  public double play(Pipeline pipeline) throws IOException, InterruptedException {
    disk.fill();
    long deadline = System.nanoTime() + END_BOUND.toNanos();
    while (pipeline.job().isAlive()) {
      if (System.nanoTime() > deadline) {
        throw new IOException(
            "the job has not ended %d s after its disk was full".formatted(END_BOUND.toSeconds()));
      }
      Thread.sleep(POLL.toMillis());
    }
    Path log = pipeline.job().log();
    List<String> said =
        Files.readAllLines(log).stream()
            .filter(line -> line.startsWith("market-aggregation: "))
            .toList();
    if (said.size() != 1 || !said.get(0).contains("No space left on device")) {
      throw new IOException(
          "the job does not say in one line that its disk is full, but %s; see %s"
              .formatted(said, log));
    }
    disk.free();
    pipeline.launchJob();
    return Recovery.await(pipeline, System.nanoTime());
  }
}
