package org.marketanalytics.app.backfill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;

/** Makes an event of one result of a REST answer. */
interface ResultReader {

  /**
   * Writes the fields of the event.
   *
   * @param symbol as the feed spells it
   * @return the event's time in milliseconds since the epoch
   * @throws IllegalArgumentException for a result that lacks what the event must have
   */
  long read(JsonNode result, String symbol, ObjectNode event);

  /** A number of the result. */
  static BigDecimal decimal(JsonNode result, String field) {
    if (!result.path(field).isNumber()) {
      throw new IllegalArgumentException(field + " is not a number");
    }
    return result.get(field).decimalValue();
  }

  /** A whole number of the result. */
  static long whole(JsonNode result, String field) {
    if (!result.path(field).canConvertToExactIntegral()) {
      throw new IllegalArgumentException(field + " is not a whole number");
    }
    return result.get(field).longValue();
  }
}
