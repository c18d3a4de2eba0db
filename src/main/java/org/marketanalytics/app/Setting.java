package org.marketanalytics.app;

import java.util.function.Predicate;

/**
 * One key of the configuration.
 *
 * @param key as in application.properties
 * @param allowed what a value must be, as the operator reads it
 * @param test accepts the values that are allowed
 * @param secret whether the value must never be printed
 */
record Setting(String key, String allowed, Predicate<String> test, boolean secret) {

  static Setting of(String key, String allowed, Predicate<String> test) {
    return new Setting(key, allowed, test, false);
  }

  static Setting secret(String key) {
    return new Setting(key, "any text", value -> true, true);
  }

  /** A whole number from {@code least} to {@code greatest}. */
  static Setting number(String key, long least, long greatest) {
    return of(
        key,
        "must be a whole number from %d to %d".formatted(least, greatest),
        value ->
            value.matches("[0-9]{1,18}")
                && Long.parseLong(value) >= least
                && Long.parseLong(value) <= greatest);
  }

  /** Text that matches a regular expression as a whole. */
  static Setting matching(String key, String allowed, String regex) {
    return of(key, allowed, value -> value.matches(regex));
  }

  void check(String value) {
    if (!test.test(value)) {
      throw CannotStart.badConfiguration(key, secret ? "(not shown)" : shown(value), allowed);
    }
  }

  /** A value as it may be printed: an address without user, password and parameters. */
  static String shown(String value) {
    return value.replaceFirst("//[^/@]*@", "//").replaceFirst("\\?.*", "");
  }
}
