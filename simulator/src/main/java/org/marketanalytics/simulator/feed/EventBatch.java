package org.marketanalytics.simulator.feed;

import java.util.EnumMap;
import java.util.Map;
import org.marketanalytics.simulator.market.Channel;
import org.marketanalytics.simulator.market.JsonBytes;

/**
 * Events on their way into a frame, each written once whoever gets it: {@code [event,event,…}.
 * Reused for the next frame.
 */
final class EventBatch {
  private final JsonBytes json = new JsonBytes(1 << 15);
  private final Channel[] channels;
  private final int[] symbols;
  private final long[] times;
  private final int[] ends;
  private int count;

  EventBatch(int capacity) {
    channels = new Channel[capacity];
    symbols = new int[capacity];
    times = new long[capacity];
    ends = new int[capacity];
    clear();
  }

  /** Begins an event; what is appended up to {@link #end()} is its JSON. */
  JsonBytes begin(Channel channel, int symbol, long timeMillis) {
    channels[count] = channel;
    symbols[count] = symbol;
    times[count] = timeMillis;
    return json;
  }

  void end() {
    ends[count++] = json.length();
    json.append(',');
  }

  Channel channel(int place) {
    return channels[place];
  }

  int symbol(int place) {
    return symbols[place];
  }

  long timeMillis(int place) {
    return times[place];
  }

  /** Appends the JSON of the event at that place. */
  void copyTo(JsonBytes target, int place) {
    target.append(json, place == 0 ? 1 : ends[place - 1] + 1, ends[place]);
  }

  int count() {
    return count;
  }

  /** How many events are of those subscriptions. */
  int count(Subscriptions subscriptions) {
    int matching = 0;
    for (int i = 0; i < count; i++) {
      matching += subscriptions.matches(channels[i], symbols[i]) ? 1 : 0;
    }
    return matching;
  }

  boolean isEmpty() {
    return count == 0;
  }

  boolean isFull() {
    return count == ends.length;
  }

  void clear() {
    count = 0;
    json.truncate(0);
    json.append('[');
  }

  /** The frame with all events. */
  Frame whole() {
    byte[] bytes = json.copy(0, json.length());
    bytes[bytes.length - 1] = ']';
    Map<Channel, Integer> tally = new EnumMap<>(Channel.class);
    long last = Long.MIN_VALUE;
    for (int i = 0; i < count; i++) {
      tally.merge(channels[i], 1, Integer::sum);
      last = Math.max(last, times[i]);
    }
    return new Frame(bytes, tally, last);
  }

  /**
   * The frame for those subscriptions: the whole one where they take everything, else a smaller or
   * an empty one.
   */
  Frame matching(Subscriptions subscriptions, Frame whole) {
    int matching = count(subscriptions);
    if (matching == count) {
      return whole;
    }
    return matching == 0 ? Frame.EMPTY : filtered(subscriptions);
  }

  private Frame filtered(Subscriptions subscriptions) {
    JsonBytes part = new JsonBytes(json.length());
    part.append('[');
    Map<Channel, Integer> tally = new EnumMap<>(Channel.class);
    long last = Long.MIN_VALUE;
    int start = 1;
    for (int i = 0; i < count; i++) {
      if (subscriptions.matches(channels[i], symbols[i])) {
        part.append(json, start, ends[i]).append(',');
        tally.merge(channels[i], 1, Integer::sum);
        last = Math.max(last, times[i]);
      }
      start = ends[i] + 1;
    }
    byte[] bytes = part.copy(0, part.length());
    bytes[bytes.length - 1] = ']';
    return new Frame(bytes, tally, last);
  }

  /**
   * A message ready to be sent to any number of clients.
   *
   * @param tally how many events of each channel; nothing where the message is none of events
   * @param lastEventMillis the greatest time of its events
   */
  @SuppressWarnings(
      "ArrayRecordComponent") // built once, shared, never changed: the hot path of the server
  record Frame(byte[] bytes, Map<Channel, Integer> tally, long lastEventMillis) {
    static final Frame EMPTY = new Frame(new byte[0], Map.of(), Long.MIN_VALUE);

    /** A message that is none of events, as it is. */
    static Frame raw(byte[] bytes) {
      return new Frame(bytes, Map.of(), Long.MIN_VALUE);
    }

    int length() {
      return bytes.length;
    }

    boolean isEmpty() {
      return bytes.length == 0;
    }
  }
}
