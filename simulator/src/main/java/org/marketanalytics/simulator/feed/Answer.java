package org.marketanalytics.simulator.feed;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;

/**
 * An HTTP answer.
 *
 * @param code the HTTP status
 * @param json the body
 * @param headers further headers
 */
record Answer(int code, String json, Map<String, String> headers) {
  static Answer ok(String json) {
    return new Answer(200, json, Map.of());
  }

  /** An error as the REST interface words it. */
  static Answer error(int code, String message) {
    return said(code, "ERROR", "error", message);
  }

  /** What a key gets whose plan does not include the interface. */
  static Answer notEntitled() {
    return said(
        403,
        "NOT_AUTHORIZED",
        "message",
        "You are not entitled to this data. Please upgrade your plan at https://polygon.io/pricing");
  }

  /** What a client gets that asked too often. */
  static Answer tooMany(long retryAfterSeconds) {
    Answer answer =
        error(
            429,
            "You've exceeded the maximum requests per minute, please wait or upgrade your"
                + " subscription to continue. https://polygon.io/pricing");
    return new Answer(
        answer.code(), answer.json(), Map.of("Retry-After", Long.toString(retryAfterSeconds)));
  }

  static String requestId() {
    return UUID.randomUUID().toString().replace("-", "");
  }

  byte[] bytes() {
    return json.getBytes(StandardCharsets.UTF_8);
  }

  private static Answer said(int code, String status, String field, String message) {
    return new Answer(
        code,
        "{\"status\":\"%s\",\"request_id\":\"%s\",\"%s\":\"%s\"}"
            .formatted(status, requestId(), field, Json.escaped(message)),
        Map.of());
  }
}
