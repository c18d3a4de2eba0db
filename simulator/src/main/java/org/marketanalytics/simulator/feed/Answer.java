package org.marketanalytics.simulator.feed;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * An HTTP answer.
 *
 * @param code the HTTP status
 * @param json the body
 */
record Answer(int code, String json) {
  static Answer ok(String json) {
    return new Answer(200, json);
  }

  /** An error as the REST interface words it. */
  static Answer error(int code, String message) {
    return new Answer(
        code,
        "{\"status\":\"ERROR\",\"request_id\":\""
            + requestId()
            + "\",\"error\":\""
            + Json.escaped(message)
            + "\"}");
  }

  static String requestId() {
    return UUID.randomUUID().toString().replace("-", "");
  }

  byte[] bytes() {
    return json.getBytes(StandardCharsets.UTF_8);
  }
}
