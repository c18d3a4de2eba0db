package org.marketanalytics.simulator.feed;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A client of the feed that takes down every frame. */
final class TestClient implements WebSocket.Listener, AutoCloseable {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final List<String> frames = new ArrayList<>();
  private final List<JsonNode> messages = new ArrayList<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final StringBuilder part = new StringBuilder();
  private final boolean reads;
  private final AtomicInteger pongs = new AtomicInteger();
  private WebSocket socket;

  private TestClient(boolean reads) {
    this.reads = reads;
  }

  static TestClient connect(int port, String path) {
    return connect(port, path, true);
  }

  /** A client that takes nothing after the answer to its handshake. */
  static TestClient deaf(int port, String path) {
    return connect(port, path, false);
  }

  private static TestClient connect(int port, String path, boolean reads) {
    TestClient client = new TestClient(reads);
    client.socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(URI.create("ws://127.0.0.1:" + port + path), client)
            .join();
    return client;
  }

  /** Connects and authenticates. */
  static TestClient authenticated(int port, String path) {
    TestClient client = connect(port, path).send("auth", "key");
    client.awaitStatus("auth_success");
    return client;
  }

  TestClient send(String action, String params) {
    return send("{\"action\":\"" + action + "\",\"params\":\"" + params + "\"}");
  }

  TestClient send(String text) {
    socket.sendText(text, true).join();
    return this;
  }

  /** Lets a deaf client read. */
  void hear() {
    socket.request(1);
  }

  void ping() {
    socket.sendPing(ByteBuffer.wrap(new byte[] {1, 2, 3})).join();
  }

  int pongs() {
    return pongs.get();
  }

  synchronized List<String> frames() {
    return new ArrayList<>(frames);
  }

  /** The objects of all frames that are JSON, in their order. */
  synchronized List<JsonNode> messages() {
    return new ArrayList<>(messages);
  }

  List<JsonNode> events(String channel) {
    return messages().stream()
        .filter(message -> message.path("ev").asText().equals(channel))
        .toList();
  }

  /** All messages but those about the connection. */
  List<JsonNode> events() {
    return messages().stream()
        .filter(message -> !message.path("ev").asText().equals("status"))
        .toList();
  }

  List<String> statuses() {
    return statusMessages().map(status -> status.get("status").asText()).toList();
  }

  List<String> statusTexts() {
    return statusMessages().map(status -> status.get("message").asText()).toList();
  }

  void awaitStatus(String status) {
    await().atMost(PATIENCE).until(() -> statuses().contains(status));
  }

  void awaitText(String text) {
    await().atMost(PATIENCE).until(() -> statusTexts().contains(text));
  }

  void awaitEvents(String channel, int count) {
    await().atMost(PATIENCE).until(() -> events(channel).size() >= count);
  }

  /** The code of the close, waited for. */
  int awaitClose() {
    return closed.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
  }

  boolean isClosed() {
    return closed.isDone();
  }

  private Stream<JsonNode> statusMessages() {
    return messages().stream().filter(message -> message.path("ev").asText().equals("status"));
  }

  private synchronized void take(String frame) {
    frames.add(frame);
    try {
      MAPPER.readTree(frame).forEach(messages::add);
    } catch (JsonProcessingException e) {
      // a replay sends malformed lines as they are
    }
  }

  @Override
  public void onOpen(WebSocket opened) {
    if (reads) {
      opened.request(1);
    }
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
    part.append(text);
    if (last) {
      take(part.toString());
      part.setLength(0);
    }
    from.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onPong(WebSocket from, ByteBuffer message) {
    pongs.incrementAndGet();
    from.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    closed.complete(code);
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    closed.complete(1006);
  }

  @Override
  public void close() {
    socket.abort();
  }
}
