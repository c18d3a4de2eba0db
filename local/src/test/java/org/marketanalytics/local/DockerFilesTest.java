package org.marketanalytics.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the files of docker/ say of the rest of the project. */
class DockerFilesTest {
  private static final Pattern MODULE = Pattern.compile("<module>(.+?)</module>");
  private static final Pattern VARIABLE =
      Pattern.compile("^ {6}(MARKET_[A-Z_]+):", Pattern.MULTILINE);
  private static final Pattern EXAMPLE = Pattern.compile("^#?([A-Z_]+)=", Pattern.MULTILINE);

  /** Maven ends when the POM of a module is missing, even of one that is not built. */
  @Test
  void theBuildHasThePomOfEveryModule() throws Exception {
    List<String> kept =
        text("docker/Dockerfile.dockerignore")
            .lines()
            .filter(line -> line.startsWith("!"))
            .map(line -> line.substring(1))
            .toList();

    assertThat(all(MODULE, text("pom.xml")))
        .isNotEmpty()
        .allSatisfy(
            module ->
                assertThat(kept)
                    .anyMatch(
                        path ->
                            (module + "/").startsWith(path + "/")
                                || path.equals(module + "/pom.xml")));
  }

  /** A misspelt variable would be passed over in silence. */
  @Test
  void theApplicationKnowsWhatComposeSets() throws Exception {
    String keys = text("src/main/resources/application.properties");
    String application = text("docker/compose.yaml").replaceFirst("(?s).*\\n  application:", "");
    application = application.substring(0, application.indexOf("\n  spark-master:"));

    assertThat(all(VARIABLE, application))
        .isNotEmpty()
        .filteredOn(variable -> !variable.equals("MARKET_LOG_LEVEL")) // logback.xml reads it
        .allSatisfy(
            variable ->
                assertThat(keys)
                    .containsPattern(
                        "(?m)^" + variable.toLowerCase(Locale.ROOT).replace("_", "[.-]") + "="));
  }

  @Test
  void composeReadsWhatTheExampleSets() throws Exception {
    String files =
        text("docker/compose.yaml") + text("docker/feed.yaml") + text("docker/feed-live.yaml");

    assertThat(all(EXAMPLE, text("docker/.env.example")))
        .isNotEmpty()
        .allSatisfy(variable -> assertThat(files).containsPattern("\\$\\{" + variable + "[}:]"));
  }

  private static List<String> all(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(match -> match.group(1)).toList();
  }

  private static String text(String file) throws Exception {
    return Files.readString(Project.home().resolve(file));
  }
}
