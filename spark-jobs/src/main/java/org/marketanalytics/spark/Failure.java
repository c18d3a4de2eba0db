package org.marketanalytics.spark;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.KafkaException;

/** What a failure, often wrapped several times, says to the user in one line. */
final class Failure {
  private static final int LONGEST = 600;

  /**
   * Spark's own words when records that the checkpoint has not read yet are no longer in the topic.
   */
  private static final List<String> GONE =
      List.of("data may have been lost", "data may have been missed");

  private Failure() {}

  static String sentence(Throwable failure) {
    for (Throwable cause : chain(failure)) {
      if (cause instanceof StartException) {
        return oneLine(cause);
      }
      String message = String.valueOf(cause.getMessage());
      if (GONE.stream().anyMatch(message::contains)) {
        return "records were deleted from the topic before this checkpoint had read them"
            + " (retention, or the topic was made anew), so their bars would be wrong without a word:"
            + " start with a new --checkpoint to go on from what is still there. "
            + oneLine(cause);
      }
    }
    return oneLine(deepest(failure));
  }

  /** Whether a file could not be written for want of space. */
  static boolean isDiskFull(Throwable failure) {
    return chain(failure).stream()
        .anyMatch(cause -> String.valueOf(cause.getMessage()).contains("No space left on device"));
  }

  /** Whether it may take the stack trace to tell what happened. */
  static boolean isUnexpected(Throwable failure) {
    Throwable cause = deepest(failure);
    boolean expected =
        cause instanceof IllegalStateException
            || cause instanceof IllegalArgumentException
            || cause instanceof KafkaException
            || cause instanceof SQLException
            || chain(failure).stream().anyMatch(StartException.class::isInstance);
    return !expected;
  }

  private static Throwable deepest(Throwable failure) {
    List<Throwable> chain = chain(failure);
    return chain.get(chain.size() - 1);
  }

  private static List<Throwable> chain(Throwable failure) {
    List<Throwable> chain = new ArrayList<>();
    for (Throwable cause = failure;
        cause != null && !chain.contains(cause);
        cause = cause.getCause()) {
      chain.add(cause);
    }
    return chain;
  }

  private static String oneLine(Throwable cause) {
    String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    String line = message.strip().replaceAll("\\s*\\R\\s*", " ");
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
  }
}
