package org.marketanalytics.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretFilesTest {
  @TempDir private Path directory;

  @Test
  void aSecretIsTheContentOfItsFileWithoutTheLineBreakAtItsEnd() throws IOException {
    Path key = Files.writeString(directory.resolve("key"), "abc{{x}}\n");
    Path password = Files.writeString(directory.resolve("password"), "p w");

    Map<String, String> secrets =
        SecretFiles.read(
            Map.of(
                "POLYGON_API_KEY_FILE",
                key.toString(),
                "MARKET_DATABASE_PASSWORD_FILE",
                password.toString()));

    assertThat(secrets)
        .containsOnly(
            Map.entry("market.feed.api-key", "abc{{x}}"),
            Map.entry("market.database.password", "p w"));
  }

  @Test
  void aSecretThatIsGivenTwiceIsRefusedWithoutBeingShown() throws IOException {
    Path key = Files.writeString(directory.resolve("key"), "of-the-file");

    assertThatThrownBy(
            () ->
                SecretFiles.read(
                    Map.of(
                        "POLYGON_API_KEY_FILE",
                        key.toString(),
                        "MARKET_FEED_API_KEY",
                        "of-the-variable")))
        .hasMessage(
            "POLYGON_API_KEY_FILE=%s: MARKET_FEED_API_KEY is set, too; only one of them may be"
                .formatted(key));
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    assertThatThrownBy(
            () -> SecretFiles.read(Map.of("MARKET_DATABASE_PASSWORD_FILE", "/no/such/file")))
        .hasMessage(
            "MARKET_DATABASE_PASSWORD_FILE=/no/such/file: the file cannot be read: NoSuchFileException");
  }
}
