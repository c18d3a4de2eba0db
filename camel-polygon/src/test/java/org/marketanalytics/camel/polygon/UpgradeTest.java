package org.marketanalytics.camel.polygon;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.glassfish.tyrus.spi.UpgradeResponse;
import org.junit.jupiter.api.Test;

class UpgradeTest {

  @Test
  void readsTheAnswerAndNothingOfTheFirstFrame() throws Exception {
    InputStream in =
        stream("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nX-A:b\r\n\r\nframe");

    UpgradeResponse answer = Upgrade.response(in);

    assertThat(answer.getStatus()).isEqualTo(101);
    assertThat(answer.getReasonPhrase()).isEqualTo("Switching Protocols");
    assertThat(answer.getFirstHeaderValue("upgrade")).isEqualTo("websocket");
    assertThat(answer.getFirstHeaderValue("x-a")).isEqualTo("b");
    assertThat(new String(in.readAllBytes(), ISO_8859_1)).isEqualTo("frame");
  }

  @Test
  void readsARefusal() throws Exception {
    assertThat(Upgrade.response(stream("HTTP/1.1 403\r\n\r\n")).getStatus()).isEqualTo(403);
  }

  @Test
  void anAnswerThatIsNotHttpIsAnError() {
    assertFails("SSH-2.0-OpenSSH_9.2\r\n\r\n", "is not HTTP");
    assertFails("\r\n\r\n", "is not HTTP");
  }

  @Test
  void anAnswerThatBreaksOffIsAnError() {
    assertFails("HTTP/1.1 101 Switching Protocols\r\n", "ended before");
  }

  @Test
  void anAnswerWithoutEndIsAnError() {
    assertFails("HTTP/1.1 200 OK\r\n" + "x".repeat(100_000), "too long");
  }

  private static void assertFails(String answer, String message) {
    assertThatThrownBy(() -> Upgrade.response(stream(answer)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(message);
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(ISO_8859_1));
  }
}
