package org.marketanalytics.simulator.feed;

/** Status messages with the texts of the real feed. */
enum Status {
  CONNECTED("connected", "Connected Successfully"),
  AUTHENTICATED("auth_success", "authenticated"),
  WRONG_KEY("auth_failed", "authentication failed"),
  NO_ACCESS("auth_failed", "Your plan doesn't include websocket access."),
  NO_KEY_IN_TIME("auth_timeout", "No authentication request received."),
  NOT_AUTHORIZED("error", "not authorized"),
  NOT_UNDERSTOOD("error", "invalid message"),
  TOO_MANY("max_connections", "Maximum number of connections exceeded."),
  TOO_SLOW("slow_consumer", "Client is consuming messages too slowly."),
  FORCED("force_disconnect", "Disconnected by the server.");

  private final String json;

  Status(String status, String message) {
    this.json = json(status, message);
  }

  /** The status as one object. */
  String json() {
    return json;
  }

  /** What answers a subscription. */
  static String subscribed(String pair) {
    return json("success", "subscribed to: " + pair);
  }

  /** What answers the end of a subscription. */
  static String unsubscribed(String pair) {
    return json("success", "unsubscribed to: " + pair);
  }

  private static String json(String status, String message) {
    return "{\"ev\":\"status\",\"status\":\""
        + status
        + "\",\"message\":\""
        + Json.escaped(message)
        + "\"}";
  }
}
