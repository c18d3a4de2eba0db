package org.marketanalytics.local;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Short requests to servers on this machine. */
final class Http {

  private static final Duration BOUND = Duration.ofSeconds(5);
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(BOUND).build();

  private Http() {}

  /** The body of an answer 200; anything else is an {@link IOException}. */
  static String get(URI address) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(address).GET());
  }

  /** Like {@link #get}, of a POST without a body. */
  static String post(URI address) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(address).POST(HttpRequest.BodyPublishers.noBody()));
  }

  private static String send(HttpRequest.Builder builder) throws IOException, InterruptedException {
    HttpRequest request = builder.timeout(BOUND).build();
    HttpResponse<String> response = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IOException(
          "%s %s answered %d".formatted(request.method(), request.uri(), response.statusCode()));
    }
    return response.body();
  }
}
