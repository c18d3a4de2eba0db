package org.marketanalytics.local;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;

/**
 * A child process with a log file, a bounded wait until it can be used, and a clean end.
 *
 * <p>No child outlives this process: on a normal exit, SIGINT or SIGTERM a shutdown hook stops what
 * still runs, the youngest first; after {@code kill -9} the {@link Leash} does. A Ctrl-C of the
 * terminal reaches only this process (the children ignore SIGINT and SIGHUP), so that the order of
 * the stop stays ours.
 */
final class ChildProcess implements AutoCloseable {

  /** The environment variable of the feed's key; a child has it only when its command says so. */
  static final String API_KEY = "POLYGON_API_KEY";

  private static final Duration STOP_BOUND = Duration.ofSeconds(15);

  /**
   * Of a child that writes its {@link ClassArchive}: some seconds of work, on a busy machine more.
   */
  private static final Duration ARCHIVE_BOUND = Duration.ofMinutes(1);

  private static final long POLL_MILLIS = 25;
  private static final int END_OF_LOG_LINES = 20;
  private static final int END_OF_LOG_BYTES = 8 * 1024;

  private static final Deque<ChildProcess> RUNNING = new ConcurrentLinkedDeque<>();
  private static volatile boolean shuttingDown;

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(ChildProcess::stopAll, "stop-children"));
  }

  private final String name;
  private final Path log;
  private final Process process;
  private final ClassArchive archive;
  private CompletableFuture<Void> ended;

  private ChildProcess(String name, Path log, Process process, ClassArchive archive) {
    this.name = name;
    this.log = log;
    this.process = process;
    this.archive = archive;
  }

  /**
   * Starts the child; its standard output and error go to {@code log}. The log of an earlier run is
   * kept beside it, with {@code .previous} at its end.
   *
   * @throws PartFailedException when the program cannot be executed
   */
  static ChildProcess start(Command command, Path log) throws IOException {
    Files.createDirectories(log.getParent());
    if (Files.exists(log)) {
      Path previous = log.resolveSibling(log.getFileName() + ".previous");
      Files.move(log, previous, StandardCopyOption.REPLACE_EXISTING);
    }
    // exec keeps the pid, and signals ignored here stay ignored in the program
    List<String> line =
        new ArrayList<>(List.of("/bin/sh", "-c", "trap '' INT HUP; exec \"$@\"", command.name()));
    ClassArchive archive = ClassArchive.of(command);
    line.addAll(archive == null ? command.line() : archive.applied(command.line()));
    ProcessBuilder builder = new ProcessBuilder(line);
    builder.directory(command.directory().toFile());
    // a key in this process's environment is for the one child that it is handed to
    builder.environment().remove(API_KEY);
    builder.environment().putAll(command.environment());
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    ChildProcess child;
    synchronized (RUNNING) {
      if (shuttingDown) {
        throw new PartFailedException(command.name() + ": not started, as all is being stopped");
      }
      child = new ChildProcess(command.name(), log, builder.start(), archive);
      RUNNING.addFirst(child);
    }
    Leash.add(child.pid());
    child.ended = child.process.onExit().thenAccept(process -> child.forget());
    return child;
  }

  /** True once this process has begun to end; a child that ends then has not failed. */
  static boolean isShuttingDown() {
    return shuttingDown;
  }

  /** The children that run, the youngest first. */
  static List<ChildProcess> running() {
    return List.copyOf(RUNNING);
  }

  /**
   * Waits until the child can be used.
   *
   * @throws PartFailedException with the end of the log, when the child dies or the bound passes;
   *     the child is stopped then
   */
  void awaitReady(Duration bound, Readiness readiness) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + bound.toNanos();
    try {
      while (!readiness.isReady()) {
        if (!process.isAlive()) {
          throw new PartFailedException(describeExit());
        }
        if (System.nanoTime() > deadline) {
          throw new PartFailedException(
              "%s was not ready after %d s; end of %s:%n%s"
                  .formatted(name, bound.toSeconds(), log, endOfLog()));
        }
        Thread.sleep(POLL_MILLIS);
      }
    } catch (IOException | InterruptedException | RuntimeException e) {
      kill();
      throw e;
    }
  }

  /**
   * Waits for the end of a child that has one thing to do.
   *
   * @throws PartFailedException with the end of the log, when it ends with another code than 0 or
   *     has not ended within the bound
   */
  void awaitSuccess(Duration bound) throws IOException, InterruptedException {
    if (awaitExit(bound) != 0) {
      throw new PartFailedException(describeExit());
    }
  }

  /**
   * Waits for the end of a child whose exit code says what came of it.
   *
   * @throws PartFailedException with the end of the log, when it has not ended within the bound; it
   *     is stopped then
   */
  int awaitExit(Duration bound) throws IOException, InterruptedException {
    try {
      if (!process.waitFor(bound.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new PartFailedException(
            "%s has not ended after %d s; end of %s:%n%s"
                .formatted(name, bound.toSeconds(), log, endOfLog()));
      }
      return process.exitValue();
    } finally {
      kill();
    }
  }

  String name() {
    return name;
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  Path log() {
    return log;
  }

  /** Completes when the child has ended, for whatever reason. */
  CompletableFuture<Void> ended() {
    return ended.copy();
  }

  /** Says with which code the child ended and what it wrote last. */
  String describeExit() {
    String code = process.isAlive() ? "has not ended" : "ended with code " + process.exitValue();
    return "%s %s; end of %s:%n%s".formatted(name, code, log, endOfLog());
  }

  /** The last lines of the log, indented; says so when there are none. */
  String endOfLog() {
    try {
      List<String> lines = tail(log).lines().toList();
      List<String> last = lines.subList(Math.max(0, lines.size() - END_OF_LOG_LINES), lines.size());
      return last.isEmpty() ? "  (empty)" : String.join("\n", indented(last));
    } catch (IOException e) {
      return "  (cannot be read: " + e + ")";
    }
  }

  /** True when the child has written a line that contains {@code text}. */
  boolean hasLogged(String text) throws IOException {
    return Files.readString(log, StandardCharsets.ISO_8859_1).contains(text);
  }

  /** SIGTERM, then SIGKILL when the child has not ended after a bound. Does nothing once ended. */
  @Override
  public void close() {
    process.destroy();
    boolean archives = archive != null && archive.isWritten();
    if (!awaitEnd(archives ? ARCHIVE_BOUND : STOP_BOUND)) {
      kill();
    }
  }

  /** SIGKILL; returns when the child is gone. */
  void kill() {
    process.destroyForcibly();
    awaitEnd(STOP_BOUND);
  }

  private boolean awaitEnd(Duration bound) {
    boolean interrupted = false;
    long deadline = System.nanoTime() + bound.toNanos();
    try {
      while (true) {
        try {
          long left = deadline - System.nanoTime();
          boolean ended = process.waitFor(left, TimeUnit.NANOSECONDS);
          if (ended) {
            forget();
          }
          return ended;
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void forget() {
    if (RUNNING.remove(this)) {
      if (archive != null) {
        archive.keep(process.exitValue());
      }
      try {
        Leash.drop(pid());
      } catch (IOException e) {
        // the leash is gone, and with it the danger that it ends a stranger
      }
    }
  }

  /** Stops what runs, the youngest first, and lets nothing more start. */
  static void stopAll() {
    synchronized (RUNNING) {
      shuttingDown = true;
    }
    running().forEach(ChildProcess::close);
  }

  private static List<String> indented(List<String> lines) {
    return lines.stream().map(line -> "  " + line).toList();
  }

  private static String tail(Path file) throws IOException {
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      in.seek(Math.max(0, in.length() - END_OF_LOG_BYTES));
      byte[] bytes = new byte[(int) Math.min(END_OF_LOG_BYTES, in.length() - in.getFilePointer())];
      in.readFully(bytes);
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }
}
