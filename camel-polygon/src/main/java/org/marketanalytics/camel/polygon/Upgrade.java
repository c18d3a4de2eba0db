package org.marketanalytics.camel.polygon;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import jakarta.websocket.server.HandshakeRequest;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.glassfish.tyrus.core.TyrusUpgradeResponse;
import org.glassfish.tyrus.core.Utils;
import org.glassfish.tyrus.spi.UpgradeRequest;
import org.glassfish.tyrus.spi.UpgradeResponse;

/** The upgrade from HTTP to WebSocket, as text; what is in it is the library's affair. */
final class Upgrade {

  /** A longer answer is none. */
  private static final int MOST_BYTES = 64 * 1024;

  private static final int SWITCHING_PROTOCOLS = 101;
  private static final String LINE_END = "\r\n";

  private Upgrade() {}

  /** The request; the server is not told of {@link TextAsBytes}. */
  static byte[] text(UpgradeRequest request) {
    URI uri = request.getRequestURI();
    String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    StringBuilder text = new StringBuilder("GET ").append(path);
    if (uri.getRawQuery() != null) {
      text.append('?').append(uri.getRawQuery());
    }
    text.append(" HTTP/1.1").append(LINE_END);
    request
        .getHeaders()
        .forEach(
            (name, values) -> {
              if (!name.equalsIgnoreCase(HandshakeRequest.SEC_WEBSOCKET_EXTENSIONS)) {
                text.append(name).append(": ").append(String.join(", ", values)).append(LINE_END);
              }
            });
    return text.append(LINE_END).toString().getBytes(ISO_8859_1);
  }

  /**
   * Reads the answer and nothing of what follows it.
   *
   * @throws IOException when there is none
   */
  static UpgradeResponse response(InputStream in) throws IOException {
    String[] lines = head(in).split(LINE_END, -1);
    String[] status = lines[0].split(" ", 3);
    if (!status[0].startsWith("HTTP/1.") || status.length < 2 || !status[1].matches("\\d{3}")) {
      throw new IOException("the answer to the handshake is not HTTP");
    }
    TyrusUpgradeResponse response = new TyrusUpgradeResponse();
    response.setStatus(Integer.parseInt(status[1]));
    response.setReasonPhrase(status.length > 2 ? status[2] : "");
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      if (colon > 0) {
        response
            .getHeaders()
            .computeIfAbsent(lines[i].substring(0, colon).strip(), name -> new ArrayList<>())
            .addAll(Utils.parseHeaderValue(lines[i].substring(colon + 1)));
      }
    }
    if (response.getStatus() == SWITCHING_PROTOCOLS) {
      response
          .getHeaders()
          .put(HandshakeRequest.SEC_WEBSOCKET_EXTENSIONS, List.of(TextAsBytes.NAME));
    }
    return response;
  }

  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    int ends = 0; // of line, one after the other
    while (ends < 4) {
      int c = in.read();
      if (c < 0) {
        throw new EOFException("the connection ended before the handshake was answered");
      }
      ends = c == LINE_END.charAt(ends % 2) ? ends + 1 : c == '\r' ? 1 : 0;
      head.write(c);
      if (head.size() > MOST_BYTES) {
        throw new IOException("the answer to the handshake is too long");
      }
    }
    return head.toString(ISO_8859_1);
  }
}
