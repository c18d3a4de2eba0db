package org.marketanalytics.camel.polygon;

import jakarta.websocket.ClientEndpointConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.glassfish.tyrus.client.ClientProperties;
import org.glassfish.tyrus.core.Utils;
import org.glassfish.tyrus.spi.ClientContainer;
import org.glassfish.tyrus.spi.ClientEngine;
import org.glassfish.tyrus.spi.UpgradeRequest;

/**
 * Connections of the WebSocket library that one thread each reads, in large pieces. The library's
 * own read 2 KiB at a time and pass every piece from thread to thread, which costs more than all
 * that is done with the events.
 *
 * <p>Public only because the library makes it by its name.
 */
public final class FeedContainer implements ClientContainer {

  /** Property: the {@link SSLContext} for {@code wss}. */
  static final String TLS = "org.marketanalytics.camel.polygon.tls";

  /** Made by the library. */
  public FeedContainer() {}

  @Override
  public void openClientSocket(
      ClientEndpointConfig config, Map<String, Object> properties, ClientEngine engine)
      throws IOException {
    FeedSocket[] opened = new FeedSocket[1];
    UpgradeRequest request =
        engine.createUpgradeRequest(
            () -> {
              if (opened[0] != null) {
                opened[0].abort();
              }
            });
    URI uri = request.getRequestURI();
    int timeoutMillis = (int) properties.get(ClientProperties.HANDSHAKE_TIMEOUT);
    boolean secure = "wss".equalsIgnoreCase(uri.getScheme());
    Socket socket = connected(uri, secure, timeoutMillis);
    try {
      socket.setTcpNoDelay(true);
      if (secure) {
        socket = secured(socket, uri, (SSLContext) properties.get(TLS), timeoutMillis);
      }
      opened[0] = new FeedSocket(socket);
      opened[0].start(request, engine);
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  /** By the proxies that Java's system properties name, or directly. */
  private static Socket connected(URI uri, boolean secure, int timeoutMillis) throws IOException {
    String host = uri.getHost();
    int port = Utils.getWsPort(uri);
    ProxySelector selector = ProxySelector.getDefault();
    List<Proxy> proxies =
        selector == null
            ? List.of(Proxy.NO_PROXY)
            : selector.select(
                URI.create((secure ? "https://" : "http://") + uri.getRawAuthority() + "/"));
    IOException failure = new IOException("no way to " + host);
    for (Proxy proxy : proxies) {
      Socket socket = new Socket(proxy);
      try {
        socket.connect(
            proxy.type() == Proxy.Type.DIRECT
                ? new InetSocketAddress(host, port)
                : InetSocketAddress.createUnresolved(host, port),
            timeoutMillis);
        return socket;
      } catch (IOException e) {
        socket.close();
        failure = e;
      }
    }
    throw failure;
  }

  /** Speaks TLS on the connection; the certificate must be that of the host. */
  private static Socket secured(Socket plain, URI uri, SSLContext tls, int timeoutMillis)
      throws IOException {
    SSLSocket socket =
        (SSLSocket)
            tls.getSocketFactory().createSocket(plain, uri.getHost(), Utils.getWsPort(uri), true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    socket.setSoTimeout(timeoutMillis);
    socket.startHandshake();
    socket.setSoTimeout(0);
    return socket;
  }
}
