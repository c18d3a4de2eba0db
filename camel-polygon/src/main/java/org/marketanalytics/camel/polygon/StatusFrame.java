package org.marketanalytics.camel.polygon;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.camel.util.json.DeserializationException;
import org.apache.camel.util.json.JsonObject;
import org.apache.camel.util.json.Jsoner;

/**
 * The statuses in a frame.
 *
 * @param statuses in the order of the frame; empty for a frame of market events
 * @param pure whether there is nothing but statuses
 */
record StatusFrame(List<LinkSignal.Status> statuses, boolean pure) {

  private static final StatusFrame NONE = new StatusFrame(List.of(), false);

  /** Reads the statuses; costs one search in a frame that has none. */
  static StatusFrame of(byte[] frame) {
    // a byte a character: the cheapest way to search
    if (!new String(frame, ISO_8859_1).contains("\"status\"")) {
      return NONE;
    }
    try {
      Object json = Jsoner.deserialize(new String(frame, UTF_8));
      List<?> elements = json instanceof List<?> list ? list : List.of(json);
      List<LinkSignal.Status> statuses = new ArrayList<>();
      for (Object element : elements) {
        if (element instanceof JsonObject event && "status".equals(event.get("ev"))) {
          statuses.add(
              new LinkSignal.Status(
                  Objects.toString(event.get("status"), ""),
                  Objects.toString(event.get("message"), "")));
        }
      }
      return new StatusFrame(statuses, statuses.size() == elements.size());
    } catch (DeserializationException e) {
      return NONE; // broken: the route gets it and sees why
    }
  }
}
