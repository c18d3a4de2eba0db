package org.marketanalytics.local;

import org.marketanalytics.local.drill.DrillsCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** The commands of {@code local.jar}. */
@Command(
    name = "local",
    description = "The pipeline on one machine without Docker.",
    subcommands = {
      DemoCommand.class,
      SqlCommand.class,
      ReconcileCommand.class,
      DrillsCommand.class
    },
    mixinStandardHelpOptions = true)
final class LocalCommand {

  private static final int BAD_ARGUMENTS = 2;

  private LocalCommand() {}

  public static void main(String[] arguments) {
    CommandLine commandLine = new CommandLine(new LocalCommand());
    commandLine.setParameterExceptionHandler(LocalCommand::complain);
    commandLine.setCaseInsensitiveEnumValuesAllowed(true);
    System.exit(commandLine.execute(arguments));
  }

  /** One line; the whole usage would hide it. */
  private static int complain(ParameterException e, String[] arguments) {
    String command = e.getCommandLine().getCommandName();
    String message = e.getMessage().replaceAll("\\s*\\R\\s*", " ");
    System.err.printf("%s: %s; see --help%n", command, message);
    return BAD_ARGUMENTS;
  }
}
