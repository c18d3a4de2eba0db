package org.marketanalytics.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The command line of the reconciliation. */
@Command(
    name = "market-reconcile",
    description = "Whether the tables hold what the log says: all rows, all columns.",
    mixinStandardHelpOptions = true,
    version = "1.0.0",
    sortOptions = false,
    showDefaultValues = true)
final class ReconcileArguments {
  /** Where the database's password stands: an argument can be seen by everyone on the machine. */
  static final String PASSWORD = "MARKET_DATABASE_PASSWORD";

  private static final int MOST_SHOWN = 10_000;

  @Mixin private LogArguments log;

  @Option(
      names = "--database-url",
      required = true,
      paramLabel = "JDBC-URL",
      description = "jdbc:mysql://HOST:PORT/market, without user and password; MariaDB's alike.")
  private String databaseUrl;

  @Option(
      names = "--database-user",
      defaultValue = "market_grafana",
      description =
          "Who may SELECT from both tables. Password: " + PASSWORD + " in the environment.")
  private String databaseUser;

  @Option(
      names = "--database-password-file",
      paramLabel = "FILE",
      description = "File that holds the password alone, instead of " + PASSWORD + ".")
  private Path databasePasswordFile;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      converter = InstantConverter.class,
      description =
          "Bars that start and averages that end from here on, as 2026-03-02T14:30:00Z."
              + " Default: the beginning of the log.")
  private Instant from;

  @Option(
      names = "--to",
      paramLabel = "TIME",
      converter = InstantConverter.class,
      description =
          "Rows that end at this time or before, provisional ones too."
              + " Default: what nothing can change any more.")
  private Instant to;

  @Option(
      names = "--show",
      defaultValue = "20",
      description = "Most differences that are printed: 0 to 10000.")
  private int show;

  @Option(
      names = "--summary",
      paramLabel = "FILE",
      description = "Is written with the result as JSON.")
  private Path summary;

  /**
   * Checks what one option's type alone does not.
   *
   * @throws IllegalArgumentException naming option, value and what is allowed
   */
  void validate(Map<String, String> environment) {
    log.validate(environment);
    if (databaseUrl.contains("@") || databaseUrl.toLowerCase(Locale.ROOT).contains("password=")) {
      throw new IllegalArgumentException(
          "--database-url=(not shown) is not allowed: without user and password; the password is"
              + " read from %s".formatted(PASSWORD));
    }
    Arguments.require(
        databaseUrl.startsWith("jdbc:mysql:"),
        "--database-url",
        databaseUrl,
        "jdbc:mysql://HOST:PORT/SCHEMA");
    Arguments.require(
        from == null || from.isAfter(Instant.EPOCH), "--from", from, "after 1970-01-01T00:00:00Z");
    Arguments.require(
        to == null || to.isAfter(from == null ? Instant.EPOCH : from), "--to", to, "after --from");
    Arguments.require(show >= 0 && show <= MOST_SHOWN, "--show", show, "0 to " + MOST_SHOWN);
    password(environment);
  }

  StoredRows database(Map<String, String> environment) {
    return new StoredRows(databaseUrl, databaseUser, password(environment));
  }

  private String password(Map<String, String> environment) {
    if (databasePasswordFile != null) {
      try {
        return Files.readString(databasePasswordFile).strip();
      } catch (IOException e) {
        throw new IllegalArgumentException(
            "--database-password-file=%s cannot be read: %s".formatted(databasePasswordFile, e), e);
      }
    }
    String password = environment.get(PASSWORD);
    if (password == null) {
      throw new IllegalArgumentException(
          "%s is not set: the password of %s, unless --database-password-file is given"
              .formatted(PASSWORD, databaseUser));
    }
    return password;
  }

  /** Which log is read, and how it is computed. */
  LogArguments log() {
    return log;
  }

  /** Start of the rows, or null for the log's. */
  Instant from() {
    return from;
  }

  /** End of the rows, or null for the settled time. */
  Instant to() {
    return to;
  }

  int show() {
    return show;
  }

  /** Where the result goes as JSON, or null. */
  Path summary() {
    return summary;
  }

  /** Instants as {@code 2026-03-02T14:30:00Z}. */
  static final class InstantConverter implements ITypeConverter<Instant> {
    @Override
    public Instant convert(String text) {
      try {
        return Instant.parse(text);
      } catch (DateTimeException e) {
        throw new TypeConversionException(text + " is not a time such as 2026-03-02T14:30:00Z");
      }
    }
  }
}
