package org.marketanalytics.simulator.market;

/**
 * SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number generators", 2014). Written
 * out so that a seed means the same market on every Java.
 */
final class Randomness {
  private long state;

  Randomness(long seed) {
    state = seed;
  }

  long nextLong() {
    state += 0x9E3779B97F4A7C15L;
    long mixed = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }

  /** Uniform in [0, bound); bound at most 2^31 - 1. */
  int below(int bound) {
    return (int) (((nextLong() >>> 33) * bound) >>> 31);
  }

  /** Uniform in [0, 1). */
  double fraction() {
    return (nextLong() >>> 11) * 0x1.0p-53;
  }

  /** True once in {@code n}. */
  boolean oneIn(int n) {
    return below(n) == 0;
  }

  boolean percent(int chance) {
    return below(100) < chance;
  }
}
