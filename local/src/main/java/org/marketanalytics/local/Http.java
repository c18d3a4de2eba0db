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
    return bodyOf200(send(HttpRequest.newBuilder(address).GET(), BOUND));
  }

  /** Like {@link #get}, of a POST without a body that may take its time. */
  static String post(URI address, Duration bound) throws IOException, InterruptedException {
    return bodyOf200(
        send(HttpRequest.newBuilder(address).POST(HttpRequest.BodyPublishers.noBody()), bound));
  }

  private static HttpResponse<String> send(HttpRequest.Builder builder, Duration bound)
      throws IOException, InterruptedException {
    return CLIENT.send(builder.timeout(bound).build(), HttpResponse.BodyHandlers.ofString());
  }

  private static String bodyOf200(HttpResponse<String> response) throws IOException {
    if (response.statusCode() != 200) {
      throw new IOException(
          "%s %s answered %d"
              .formatted(
                  response.request().method(), response.request().uri(), response.statusCode()));
    }
    return response.body();
  }
}
