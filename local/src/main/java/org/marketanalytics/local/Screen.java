package org.marketanalytics.local;

import java.io.PrintStream;
import java.util.Locale;

/** What the demo tells its user: plain lines, the same on a terminal and in a file. */
final class Screen {

  private final PrintStream out;

  Screen(PrintStream out) {
    this.out = out;
  }

  /** A line about a part that can be used now. */
  void ready(String part, String where, double seconds) {
    line("  %-12s ready after %4.1f s   %s", part, seconds, where);
  }

  /** A line that says where to look. */
  void pointer(String what, String where) {
    line("  %-12s %s", what, where);
  }

  void line(String format, Object... arguments) {
    String text = String.format(Locale.ROOT, format, arguments);
    synchronized (out) {
      out.println(text);
      out.flush();
    }
  }
}
