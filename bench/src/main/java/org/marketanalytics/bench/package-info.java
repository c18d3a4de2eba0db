/**
 * Benchmarks: each part of the pipeline beside its limit (the least that the machine can do it
 * with) and, where there is one, a peer (another program for the same), in alternating rounds of
 * the same run.
 */
package org.marketanalytics.bench;
