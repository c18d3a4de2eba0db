package org.marketanalytics.app;

/** What an exception says, on one line. */
public final class OneLine {
  private OneLine() {}

  /** The message without line breaks, or the kind of the exception when it has none. */
  public static String of(Throwable e) {
    String message = e.getMessage() == null ? "" : e.getMessage().strip();
    return message.isEmpty()
        ? e.getClass().getSimpleName()
        : message.replaceAll("\\s*\\R\\s*", " ");
  }

  /** The first cause. */
  public static Throwable root(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    return root;
  }
}
