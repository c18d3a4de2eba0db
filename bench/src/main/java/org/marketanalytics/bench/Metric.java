package org.marketanalytics.bench;

/**
 * What one figure says.
 *
 * @param name benchmark, and what of it where there are several figures
 * @param unit such as {@code events/s}
 */
record Metric(String name, String unit) {}
