package org.marketanalytics.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs the scripts themselves, with a java and a mvn that only say how they were called. */
@Timeout(60)
class DemoScriptTest {

  private static final Instant SOURCES = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant JARS = Instant.parse("2026-01-02T00:00:00Z");
  private static final List<String> MODULES =
      List.of("simulator", "spark-jobs", "local", "src", "camel-polygon", "local/servers");

  @TempDir Path directory;

  private Path home;
  private Path programs;

  private record Outcome(int exitCode, List<String> lines) {}

  @BeforeEach
  void makeProject() throws Exception {
    home = Files.createDirectories(directory.resolve("a project")).toRealPath();
    programs = Files.createDirectories(directory.resolve("programs"));
    Files.createDirectory(home.resolve("bin"));
    for (String script : List.of("demo", "bin/built.sh", "bin/drills")) {
      Files.copy(
          Project.home().resolve(script), home.resolve(script), StandardCopyOption.COPY_ATTRIBUTES);
    }
    file("pom.xml", SOURCES);
    for (String module : MODULES) {
      file(module + "/pom.xml", SOURCES);
    }
    for (String source :
        List.of("simulator/src/main", "spark-jobs/src/main", "local/src/main", "src/main")) {
      file(source + "/Source.java", SOURCES);
    }
    file("camel-polygon/src/main/Source.java", SOURCES);
    file("simulator/target/simulator.jar", JARS);
    file("spark-jobs/target/spark-jobs.jar", JARS);
    file("local/target/local.jar", JARS);
    file("src/target/market-analytics.jar", JARS);
    java("17.0.15");
    program("mvn", "echo mvn \"$@\"");
  }

  @Test
  void startsWhatIsBuilt() throws Exception {
    Outcome outcome = run(home.resolve("demo"), "--for", "90 s");

    assertThat(outcome.lines())
        .containsExactly(
            "java -Xmx96m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Dmarket.home=%1$s -Dmarket.class-archives=%1$s/target/class-archives -jar %1$s/local/target/local.jar demo --for 90 s"
                .formatted(home));
    assertThat(outcome.exitCode()).isZero();
  }

  @Test
  void buildsFirstWhenAJarIsMissing() throws Exception {
    Files.delete(home.resolve("simulator/target/simulator.jar"));

    assertThat(run(home.resolve("demo")).lines())
        .startsWith(
            "building (the first time this takes some minutes)", "mvn -B -q -DskipTests package");
  }

  @Test
  void buildsFirstWhenASourceIsNewer() throws Exception {
    file("camel-polygon/src/main/Newer.java", JARS.plusSeconds(1));

    assertThat(run(home.resolve("demo")).lines()).contains("mvn -B -q -DskipTests package");
  }

  @Test
  void drillsBuildFirst() throws Exception {
    Files.delete(home.resolve("local/target/local.jar"));

    assertThat(run(home.resolve("bin/drills"), "--list").lines())
        .contains("mvn -B -q -DskipTests package")
        .last()
        .asString()
        .endsWith("local.jar drills --list");
  }

  @Test
  void endsWhenTheBuildFails() throws Exception {
    program("mvn", "exit 1");
    Files.delete(home.resolve("local/target/local.jar"));

    Outcome outcome = run(home.resolve("demo"));

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.lines()).endsWith("demo: the build failed");
  }

  @Test
  void findsItsProjectThroughLinks() throws Exception {
    Path first = Files.createSymbolicLink(home.resolve("first"), Path.of("demo"));
    Path second = Files.createSymbolicLink(directory.resolve("second"), first);

    assertThat(run(second).lines()).singleElement().asString().contains("-Dmarket.home=" + home);
  }

  @Test
  void refusesAnOldJava() throws Exception {
    java("1.8.0_402");

    Outcome outcome = run(home.resolve("demo"));

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.lines())
        .containsExactly(
            "demo: needs a JDK 17 or newer; %s/bin/java is version 1".formatted(programs));
  }

  private Outcome run(Path script, String... arguments) throws Exception {
    List<String> line = new ArrayList<>(List.of(script.toString()));
    line.addAll(List.of(arguments));
    Path output = directory.resolve("output");
    ProcessBuilder builder =
        new ProcessBuilder(line).directory(programs.toFile()).redirectErrorStream(true);
    builder.environment().put("PATH", programs.resolve("bin") + ":" + System.getenv("PATH"));
    builder.environment().put("JAVA_HOME", programs.toString());
    builder.redirectOutput(output.toFile());
    int exitCode = builder.start().waitFor();
    return new Outcome(exitCode, Files.readAllLines(output, StandardCharsets.UTF_8));
  }

  private void java(String version) throws Exception {
    program(
        "java",
        """
        case $1 in
          -version) echo 'openjdk version "%s" 2026-01-01' >&2 ;;
          *) echo java "$@" ;;
        esac"""
            .formatted(version));
  }

  private void program(String name, String body) throws Exception {
    Path program = Files.createDirectories(programs.resolve("bin")).resolve(name);
    Files.writeString(program, "#!/bin/sh\n" + body + "\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private void file(String relative, Instant modified) throws Exception {
    Path file = home.resolve(relative);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "");
    Files.setLastModifiedTime(file, FileTime.from(modified));
  }
}
