package org.marketanalytics.camel.polygon;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.util.json.JsonObject;
import org.apache.camel.util.json.Jsoner;

/** A connection as the feed sees it. */
final class FeedPeer implements AutoCloseable {

  private static final int TEXT = 1;
  private static final int BINARY = 2;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;
  private static final int FIN = 0x80;

  private final Socket socket;
  private final int number;
  private final DataInputStream in;
  private final DataOutputStream out;
  private final List<String> received = new CopyOnWriteArrayList<>();
  private final AtomicInteger pings = new AtomicInteger();
  private volatile boolean mute;
  private volatile boolean gone;
  private volatile int closeCode;
  private volatile String path = "";

  FeedPeer(Socket socket, int number) throws IOException {
    this.socket = socket;
    this.number = number;
    this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    this.out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
  }

  /** How many connections there were before this one. */
  int number() {
    return number;
  }

  /** The path the client asked for. */
  String path() {
    return path;
  }

  /** The messages of the client. */
  List<String> received() {
    return received;
  }

  int pings() {
    return pings.get();
  }

  /** The code the client closed with; 0 if it has not. */
  int closeCode() {
    return closeCode;
  }

  /** From now on pings are not answered, as on a half-open connection. */
  void mute() {
    mute = true;
  }

  /** Answers the upgrade. */
  void upgrade() throws IOException {
    String key = readRequest();
    out.write(
        ("HTTP/1.1 101 Switching Protocols\r\n"
                + "Upgrade: websocket\r\n"
                + "Connection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: "
                + accept(key)
                + "\r\n\r\n")
            .getBytes(ISO_8859_1));
    out.flush();
  }

  /** Answers the upgrade with an HTTP status. */
  void refuse(int status) throws IOException {
    readRequest();
    out.write(
        ("HTTP/1.1 " + status + " No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            .getBytes(ISO_8859_1));
    out.flush();
  }

  private String readRequest() throws IOException {
    String key = "";
    path = line().split(" ", -1)[1];
    for (String line = line(); !line.isEmpty(); line = line()) {
      if (line.regionMatches(true, 0, "Sec-WebSocket-Key:", 0, 18)) {
        key = line.substring(18).strip();
      }
    }
    return key;
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.readUnsignedByte(); c != '\n'; c = in.readUnsignedByte()) {
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  private static String accept(String key) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-1")
              .digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(ISO_8859_1));
      return Base64.getEncoder().encodeToString(digest);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Greets, reads the key and accepts it. */
  void authenticate() throws IOException {
    status("connected", "Connected Successfully");
    read();
    status("auth_success", "authenticated");
  }

  /** Reads one subscription and confirms each of its pairs. */
  void confirmSubscription() throws Exception {
    JsonObject message = (JsonObject) Jsoner.deserialize(read());
    StringBuilder statuses = new StringBuilder("[");
    for (String pair : message.getString("params").split(",", -1)) {
      statuses
          .append(statuses.length() == 1 ? "" : ",")
          .append(statusOf("success", "subscribed to: " + pair));
    }
    send(statuses.append("]").toString());
  }

  void status(String status, String message) throws IOException {
    send("[" + statusOf(status, message) + "]");
  }

  private static String statusOf(String status, String message) {
    return "{\"ev\":\"status\",\"status\":\"" + status + "\",\"message\":\"" + message + "\"}";
  }

  void send(String text) throws IOException {
    frame(FIN | TEXT, text.getBytes(UTF_8));
  }

  /** Sends bytes as a text frame, UTF-8 or not. */
  void sendText(byte[] bytes) throws IOException {
    frame(FIN | TEXT, bytes);
  }

  void sendBinary(byte[] bytes) throws IOException {
    frame(FIN | BINARY, bytes);
  }

  /** Sends a text in two fragments. */
  void sendInFragments(String text) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    int half = bytes.length / 2;
    frame(TEXT, Arrays.copyOf(bytes, half));
    frame(FIN, Arrays.copyOfRange(bytes, half, bytes.length));
  }

  void sendClose(int code, String reason) throws IOException {
    byte[] text = reason.getBytes(UTF_8);
    byte[] payload = new byte[text.length + 2];
    payload[0] = (byte) (code >> 8);
    payload[1] = (byte) code;
    System.arraycopy(text, 0, payload, 2, text.length);
    frame(FIN | CLOSE, payload);
  }

  private synchronized void frame(int head, byte[] payload) throws IOException {
    out.writeByte(head);
    if (payload.length < 126) {
      out.writeByte(payload.length);
    } else if (payload.length < 65536) {
      out.writeByte(126);
      out.writeShort(payload.length);
    } else {
      out.writeByte(127);
      out.writeLong(payload.length);
    }
    out.write(payload);
    out.flush();
  }

  /** The next message of the client; pings are answered on the way. */
  String read() throws IOException {
    while (true) {
      int head = in.readUnsignedByte();
      int length = in.readUnsignedByte() & 0x7f;
      if (length == 126) {
        length = in.readUnsignedShort();
      } else if (length == 127) {
        length = (int) in.readLong();
      }
      byte[] mask = in.readNBytes(4);
      byte[] payload = in.readNBytes(length);
      for (int i = 0; i < payload.length; i++) {
        payload[i] ^= mask[i % 4];
      }
      switch (head & 0x0f) {
        case TEXT -> {
          String text = new String(payload, UTF_8);
          received.add(text);
          return text;
        }
        case PING -> {
          pings.incrementAndGet();
          if (!mute) {
            frame(FIN | PONG, payload);
          }
        }
        case CLOSE -> {
          closeCode = payload.length < 2 ? 1005 : ((payload[0] & 0xff) << 8) | (payload[1] & 0xff);
          throw new IOException("closed by the client");
        }
        default -> {
          // pongs: nothing to do
        }
      }
    }
  }

  /** Reads a byte of whatever the client sends, and notes when it is gone. */
  void skip() throws IOException {
    if (in.read() < 0) {
      gone = true;
      throw new IOException("closed by the client");
    }
  }

  boolean isGone() {
    return gone;
  }

  /** Reads until the client closes or is gone. */
  void readUntilClosed() throws IOException {
    while (true) {
      read();
    }
  }

  /** Cuts the connection without a close frame. */
  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // it is closed, which is what was wanted
    }
  }

  /** Cuts the connection so that the client sees a reset. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }
}
