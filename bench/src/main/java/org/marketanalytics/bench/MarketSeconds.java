package org.marketanalytics.bench;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Events as the feed sends them: one aggregate a second for each symbol. */
final class MarketSeconds {

  private MarketSeconds() {}

  /** Four letters and more, a different one for each number. */
  static String symbol(int number) {
    char[] letters = new char[4];
    int rest = number;
    for (int i = letters.length - 1; i >= 0; i--) {
      letters[i] = (char) ('A' + rest % 26);
      rest /= 26;
    }
    return rest == 0 ? new String(letters) : new String(letters) + rest;
  }

  /**
   * The second of a symbol.
   *
   * @param number of the symbol
   * @param startMillis of the second
   */
  static String event(int number, long startMillis) {
    long second = startMillis / 1000;
    // prices walk by a cent up and down and differ between symbols
    long cents = 5_000 + number % 20_000 + (second * 7 + number) % 50;
    long volume = 100 + (second * 31 + number) % 900;
    return """
        {"ev":"A","sym":"%s","v":%d,"av":%d,"op":%s,"vw":%s,"o":%s,"c":%s,"h":%s,"l":%s,"a":%s,"z":%d,"s":%d,"e":%d}"""
        .formatted(
            symbol(number),
            volume,
            volume * 1_000,
            price(cents - 20),
            price(cents),
            price(cents),
            price(cents + 1),
            price(cents + 2),
            price(cents - 1),
            price(cents - 3),
            10 + volume / 20,
            startMillis,
            startMillis + 1_000);
  }

  /** A frame with one second of each of the first symbols. */
  static byte[] frame(int events, long startMillis) {
    return IntStream.range(0, events)
        .mapToObj(number -> event(number, startMillis))
        .collect(Collectors.joining(",", "[", "]"))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String price(long cents) {
    long rest = cents % 100;
    return cents / 100 + (rest < 10 ? ".0" : ".") + rest;
  }
}
