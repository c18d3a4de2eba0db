package org.marketanalytics.spark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.util.Map;
import org.marketanalytics.aggregation.Progress;
import org.marketanalytics.aggregation.Tally;

/**
 * What became of one partition's records in one batch, as it travels from the operator to the
 * driver.
 *
 * @param lane of {@link Lanes}: a partition of the raw topic
 * @param clockMillis where the partition's clock stands, or {@link Progress#NOT_STARTED}
 * @param accepted events and heartbeats that were used
 * @param ignored events of kinds that the run does not read
 * @param repeated records that were read before
 * @param bars rows written
 * @param averages rows written
 * @param deadLetters by reason
 * @param late of these the ones that came too late, by symbol; at most {@link Symbols#MOST}
 */
record LaneTally(
    int lane,
    long clockMillis,
    long accepted,
    long ignored,
    long repeated,
    long bars,
    long averages,
    Map<String, Long> deadLetters,
    Map<String, Long> late) {

  private static final ObjectMapper JSON = new ObjectMapper();

  static LaneTally of(
      int lane,
      Tally tally,
      Progress progress,
      long bars,
      long averages,
      Map<String, Long> deadLetters,
      Map<String, Long> late) {
    return new LaneTally(
        lane,
        progress.clockMillis(),
        tally.accepted(),
        tally.ignored(),
        tally.repeated(),
        bars,
        averages,
        deadLetters,
        late);
  }

  /** What {@link #json} wrote. */
  static LaneTally of(String json) {
    try {
      return JSON.readValue(json, LaneTally.class);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  String json() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
