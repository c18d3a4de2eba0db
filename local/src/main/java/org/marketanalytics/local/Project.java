package org.marketanalytics.local;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The project's folder and what its build leaves there.
 *
 * <p>Found by the system property {@code market.home}, or by walking up from the working directory
 * to a folder that holds {@code routes/} and {@code pom.xml}.
 */
public final class Project {

  static final String HOME_PROPERTY = "market.home";
  private static final String BUILD_COMMAND = "mvn -q -DskipTests package";

  private Project() {}

  /**
   * The project's folder.
   *
   * @throws PartFailedException when there is none
   */
  public static Path home() throws PartFailedException {
    String given = System.getProperty(HOME_PROPERTY);
    if (given != null) {
      Path home = Path.of(given).toAbsolutePath().normalize();
      if (!isHome(home)) {
        throw new PartFailedException(
            HOME_PROPERTY + "=" + given + " is not the project's folder (routes/ and pom.xml)");
      }
      return home;
    }
    Path workingDirectory = Path.of("").toAbsolutePath();
    for (Path folder = workingDirectory; folder != null; folder = folder.getParent()) {
      if (isHome(folder)) {
        return folder;
      }
    }
    throw new PartFailedException(
        "no project folder (routes/ and pom.xml) at or above %s; give it as -D%s=FOLDER"
            .formatted(workingDirectory, HOME_PROPERTY));
  }

  /** A file or folder that the build makes. */
  static Path built(String relative) throws PartFailedException {
    Path path = home().resolve(relative);
    if (!Files.exists(path)) {
      throw new PartFailedException(missing(path));
    }
    return path;
  }

  /** The only jar of a folder that the build fills. */
  static Path builtJar(String folder) throws IOException {
    List<Path> jars = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(built(folder), "*.jar")) {
      found.forEach(jars::add);
    }
    if (jars.size() != 1) {
      throw new PartFailedException(missing(home().resolve(folder).resolve("*.jar")));
    }
    return jars.get(0);
  }

  private static boolean isHome(Path folder) {
    return Files.isDirectory(folder.resolve("routes"))
        && Files.isRegularFile(folder.resolve("pom.xml"));
  }

  private static String missing(Path path) {
    return "%s is missing; build it with: %s".formatted(path, BUILD_COMMAND);
  }
}
