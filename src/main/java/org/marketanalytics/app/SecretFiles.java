package org.marketanalytics.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Secrets out of files, as Docker and Kubernetes hand them over: the environment variable of a
 * secret, with {@code _FILE} after its name, is the path of a file that holds it.
 */
final class SecretFiles {
  private static final String SUFFIX = "_FILE";

  /** A secret and the variables that it may come from. */
  private record Secret(String key, List<String> variables) {}

  private static final List<Secret> SECRETS =
      List.of(
          new Secret("market.feed.api-key", List.of("MARKET_FEED_API_KEY", "POLYGON_API_KEY")),
          new Secret("market.database.password", List.of("MARKET_DATABASE_PASSWORD")),
          new Secret(
              "market.database.migration-password", List.of("MARKET_DATABASE_MIGRATION_PASSWORD")));

  private SecretFiles() {}

  /** Whether a variable names such a file. */
  static boolean isKnown(String variable) {
    return SECRETS.stream()
        .flatMap(secret -> secret.variables().stream())
        .anyMatch(name -> variable.equals(name + SUFFIX));
  }

  /**
   * The secrets that are in files, by their keys.
   *
   * @param environment the variables of the process
   * @throws CannotStart when a file cannot be read, or the secret is given twice
   */
  static Map<String, String> read(Map<String, String> environment) {
    Map<String, String> secrets = new HashMap<>();
    for (Secret secret : SECRETS) {
      for (String variable : secret.variables()) {
        String file = environment.getOrDefault(variable + SUFFIX, "");
        if (!file.isBlank()) {
          refuseASecond(secret, variable, environment);
          secrets.put(secret.key(), content(variable + SUFFIX, file));
        }
      }
    }
    return secrets;
  }

  private static void refuseASecond(
      Secret secret, String fromFile, Map<String, String> environment) {
    for (String variable : secret.variables()) {
      boolean otherFile =
          !variable.equals(fromFile) && !environment.getOrDefault(variable + SUFFIX, "").isBlank();
      if (otherFile || !environment.getOrDefault(variable, "").isBlank()) {
        throw CannotStart.badConfiguration(
            fromFile + SUFFIX,
            environment.get(fromFile + SUFFIX),
            "%s is set, too; only one of them may be".formatted(variable));
      }
    }
  }

  private static String content(String variable, String file) {
    try {
      return Files.readString(Path.of(file.strip())).strip();
    } catch (IOException | IllegalArgumentException e) {
      throw CannotStart.badConfiguration(
          variable, file, "the file cannot be read: " + e.getClass().getSimpleName());
    }
  }
}
