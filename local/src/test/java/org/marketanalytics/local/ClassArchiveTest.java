package org.marketanalytics.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassArchiveTest {
  @TempDir Path folder;

  private Path jar;
  private List<String> line;

  @BeforeEach
  void keep() throws Exception {
    Path jars = Files.createDirectories(folder.resolve("jars"));
    jar = Files.writeString(jars.resolve("a.jar"), "classes");
    line = List.of(Java.executable(), "-Xmx64m", "-cp", jars + "/*:" + jar, "Main");
    System.setProperty(ClassArchive.FOLDER_PROPERTY, folder.resolve("archives").toString());
  }

  @AfterEach
  void keepNone() {
    System.clearProperty(ClassArchive.FOLDER_PROPERTY);
  }

  @Test
  void isWrittenOnceAndUsedFromThenOn() throws Exception {
    ClassArchive first = ClassArchive.of(command());
    assertThat(first.isWritten()).isTrue();
    write(first);
    first.keep(143);

    ClassArchive second = ClassArchive.of(command());

    assertThat(second.isWritten()).isFalse();
    assertThat(second.applied(line))
        .startsWith(Java.executable())
        .endsWith(line.subList(1, line.size()).toArray(String[]::new))
        .anyMatch(
            option -> option.matches("-XX:SharedArchiveFile=.*/archives/job-Main-\\w{8}\\.jsa"));
  }

  @Test
  void isDoneWithoutWhereNoneCanBeKept() {
    System.setProperty(ClassArchive.FOLDER_PROPERTY, jar.resolve("below-a-file").toString());

    assertThat(ClassArchive.of(command())).isNull();
  }

  @Test
  void isOutdatedWhenAJarHasChanged() throws Exception {
    ClassArchive first = ClassArchive.of(command());
    write(first);
    first.keep(0);
    Files.setLastModifiedTime(jar, FileTime.fromMillis(1_000));

    ClassArchive second = ClassArchive.of(command());
    assertThat(second.isWritten()).isTrue();
    write(second);
    second.keep(0);

    assertThat(folder.resolve("archives")).isDirectoryContaining("glob:**/job-*.jsa");
    try (var archives = Files.list(folder.resolve("archives"))) {
      assertThat(archives).as("the new one only").hasSize(1);
    }
  }

  @Test
  void isNotKeptOfAJvmThatWasKilled() throws Exception {
    ClassArchive archive = ClassArchive.of(command());
    write(archive);

    archive.keep(137);

    assertThat(folder.resolve("archives")).isEmptyDirectory();
  }

  @Test
  void isOfProgramsInJavaOnly() throws Exception {
    assertThat(ClassArchive.of(new Command("database", List.of("/bin/mysqld"), folder))).isNull();
    System.clearProperty(ClassArchive.FOLDER_PROPERTY);
    assertThat(ClassArchive.of(command())).isNull();
  }

  private Command command() {
    return new Command("job", line, folder);
  }

  /** As the JVM does at its end. */
  private void write(ClassArchive archive) throws Exception {
    String option = archive.applied(line).get(1);
    Files.writeString(Path.of(option.substring(option.indexOf('=') + 1)), "archive");
  }
}
