package org.marketanalytics.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The page of the documentation that shows the results, between two marker lines. */
final class PerformancePage {

  static final String BEGIN = "<!-- results: bin/bench --summary FILE --docs -->";
  static final String END = "<!-- end of results -->";

  private PerformancePage() {}

  /**
   * Puts other results in place of those on the page.
   *
   * @throws IOException when the page is not there, or does not have the two markers
   */
  static void update(Path page, Results results) throws IOException {
    Files.writeString(page, replace(Files.readString(page), results.markdown()));
  }

  static String replace(String page, String table) throws IOException {
    int begin = page.indexOf(BEGIN);
    int end = page.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IOException("the page needs the lines %s and %s, once each".formatted(BEGIN, END));
    }
    return page.substring(0, begin + BEGIN.length()) + "\n\n" + table + "\n" + page.substring(end);
  }
}
