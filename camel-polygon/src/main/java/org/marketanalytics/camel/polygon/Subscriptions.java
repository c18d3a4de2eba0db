package org.marketanalytics.camel.polygon;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What a link asks for, as pairs like {@code A.AAPL}, and which of them the feed has confirmed. */
final class Subscriptions {

  /** Characters in one message: long lists go in several, far below any server's frame limit. */
  static final int MAX_PARAMS_LENGTH = 4096;

  private static final String CONFIRMATION = "subscribed to:";
  private static final Pattern SYMBOL = Pattern.compile("[^\\s\"\\\\,\\p{Cntrl}]+");

  private final int wanted;
  private final Set<String> pending;
  private int confirmed;

  Subscriptions(Collection<String> pairs) {
    this.wanted = pairs.size();
    this.pending = new LinkedHashSet<>(pairs);
  }

  /**
   * Every channel with every symbol.
   *
   * @param symbols separated by commas
   * @throws IllegalArgumentException if a symbol is empty or has white space or quotes in it
   */
  static Set<String> pairs(Collection<String> channels, String symbols) {
    Set<String> pairs = new LinkedHashSet<>();
    for (String listed : String.valueOf(symbols).split(",", -1)) {
      String symbol = listed.strip();
      if (symbols == null || !SYMBOL.matcher(symbol).matches()) {
        throw new IllegalArgumentException(
            "symbols="
                + symbols
                + " holds '"
                + symbol
                + "', which is not a symbol; allowed: * or symbols separated by commas");
      }
      channels.forEach(channel -> pairs.add(channel + "." + symbol));
    }
    return pairs;
  }

  /** Joins pairs with commas into as few texts as {@link #MAX_PARAMS_LENGTH} allows. */
  static List<String> chunks(Collection<String> pairs) {
    List<String> chunks = new ArrayList<>();
    StringBuilder chunk = new StringBuilder();
    for (String pair : pairs) {
      if (chunk.length() > 0 && chunk.length() + 1 + pair.length() > MAX_PARAMS_LENGTH) {
        chunks.add(chunk.toString());
        chunk.setLength(0);
      }
      chunk.append(chunk.length() == 0 ? "" : ",").append(pair);
    }
    if (chunk.length() > 0) {
      chunks.add(chunk.toString());
    }
    return chunks;
  }

  /** Notes a confirmation like {@code subscribed to: A.AAPL}; other messages are none. */
  void confirm(String message) {
    if (!message.startsWith(CONFIRMATION)) {
      return;
    }
    for (String pair : message.substring(CONFIRMATION.length()).split(",", -1)) {
      pending.remove(pair.strip());
      confirmed++;
    }
  }

  /** Whether the feed has confirmed anything at all. */
  boolean anyConfirmed() {
    return confirmed > 0;
  }

  /** Whether every pair is confirmed, by name or, if the feed renames them, by number. */
  boolean allConfirmed() {
    return pending.isEmpty() || confirmed >= wanted;
  }

  int wanted() {
    return wanted;
  }

  int unconfirmed() {
    return allConfirmed() ? 0 : pending.size();
  }

  /** The pairs not confirmed yet, the first few by name. */
  String describeUnconfirmed() {
    String first = String.join(",", pending.stream().limit(10).toList());
    return pending.size() > 10 ? first + ",… (" + pending.size() + " in all)" : first;
  }
}
