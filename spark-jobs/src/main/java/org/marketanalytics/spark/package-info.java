/**
 * The Structured Streaming job: a thin shell that feeds the records of each Kafka partition to
 * {@link org.marketanalytics.aggregation.PartitionAggregation} and writes its rows back to Kafka.
 */
package org.marketanalytics.spark;
