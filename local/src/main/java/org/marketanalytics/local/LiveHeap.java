package org.marketanalytics.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What lives on the heap of a JVM.
 *
 * <p>The histogram counts it in one stop of that JVM. Between a collection and a look at what the
 * heap has in use, as two commands, a busy process fills tens of MiB with garbage.
 */
public final class LiveHeap {

  private static final Pattern TOTAL = Pattern.compile("(?m)^Total +\\d+ +(\\d+)");

  private LiveHeap() {}

  /**
   * The bytes of all objects of a process that can be reached; 0 when it has ended or is no JVM.
   */
  public static long bytes(long pid) throws IOException, InterruptedException {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    Process process =
        new ProcessBuilder(jcmd, Long.toString(pid), "GC.class_histogram")
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() == 0 ? total(output) : 0;
  }

  /** The last line of a histogram. */
  static long total(String histogram) {
    Matcher total = TOTAL.matcher(histogram);
    return total.find() ? Long.parseLong(total.group(1)) : 0;
  }
}
