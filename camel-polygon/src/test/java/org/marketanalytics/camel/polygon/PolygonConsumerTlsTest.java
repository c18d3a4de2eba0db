package org.marketanalytics.camel.polygon;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.UUID;
import javax.net.ssl.SSLContext;
import org.apache.camel.support.jsse.KeyManagersParameters;
import org.apache.camel.support.jsse.KeyStoreParameters;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.support.jsse.TrustManagersParameters;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolygonConsumerTlsTest extends PolygonTestSupport {

  @TempDir private Path directory;
  private final String password = UUID.randomUUID().toString();
  private KeyStoreParameters keys;

  @BeforeEach
  void makeCertificate() throws Exception {
    Path file = directory.resolve("feed.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "feed",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=DNS:localhost,IP:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-storepass",
                password,
                "-keystore",
                file.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(keytool.waitFor()).as(output).isZero();
    keys = new KeyStoreParameters();
    keys.setType("PKCS12");
    keys.setResource("file:" + file);
    keys.setPassword(password);
  }

  private ScriptedFeed secureFeed() throws Exception {
    KeyManagersParameters keyManagers = new KeyManagersParameters();
    keyManagers.setKeyStore(keys);
    keyManagers.setKeyPassword(password);
    SSLContextParameters parameters = new SSLContextParameters();
    parameters.setKeyManagers(keyManagers);
    SSLContext context = parameters.createSSLContext(context());
    return ScriptedFeed.start(
        context.getServerSocketFactory(),
        peer -> {
          peer.upgrade();
          peer.authenticate();
          peer.confirmSubscription();
          peer.send(TRADE);
          peer.readUntilClosed();
        });
  }

  @Test
  void talksOverTlsToAFeedThatItTrusts() throws Exception {
    TrustManagersParameters trust = new TrustManagersParameters();
    trust.setKeyStore(keys);
    SSLContextParameters parameters = new SSLContextParameters();
    parameters.setTrustManagers(trust);
    context().getRegistry().bind("trust", parameters);
    try (ScriptedFeed feed = secureFeed()) {

      route(
          "polygon:stocks?sslContextParameters=#trust&url=wss://localhost:" + feed.port(),
          exchange -> frames.add(exchange.getIn().getBody(String.class)));
      awaitFrames(1);

      assertThat(frames).containsExactly(TRADE);
    }
  }

  @Test
  void refusesAFeedThatItDoesNotTrust() throws Exception {
    try (ScriptedFeed feed = secureFeed()) {

      route(
          "polygon:stocks?reconnectInitialDelay=1h&reconnectMaxDelay=1h&url=wss://localhost:"
              + feed.port(),
          exchange -> {});
      awaitUntil(() -> feedConsumer().getFeedState().equals("WAITING"));

      assertThat(downReason()).startsWith("feed stocks: tls: ");
    }
  }
}
