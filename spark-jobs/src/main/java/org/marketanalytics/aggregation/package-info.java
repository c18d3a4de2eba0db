/**
 * The numbers of the pipeline: from the records of one Kafka partition of {@code market.raw} to
 * bars and moving averages.
 *
 * <p>Pure: knows no Spark, Kafka or Camel. One {@link
 * org.marketanalytics.aggregation.PartitionAggregation} reads the records of one partition in
 * offset order and decides by their content and order alone (its clock is the greatest event end
 * seen, never past the time the record was received, and never the wall clock). So what is late,
 * what is final and what every row says depends only on the log, not on how the log was cut into
 * batches: a job that was killed and restarted writes the rows of one that was not.
 *
 * <p>Prices, volumes and sums are exact: {@code long}s in millionths, as documented at {@link
 * org.marketanalytics.aggregation.Decimals}.
 */
package org.marketanalytics.aggregation;
