package org.marketanalytics.local;

import picocli.CommandLine;

/** The commands of {@code local.jar}. */
@CommandLine.Command(name = "local", description = "The pipeline on one machine without Docker.")
final class LocalCommand {

  private LocalCommand() {}

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new LocalCommand()).execute(arguments));
  }
}
