/**
 * Everything on one machine without Docker: the broker, the database, the simulator, the job and
 * the application as child processes, each started, waited for and stopped by one small class that
 * the demo and the tests share.
 *
 * <p>Nothing here knows what the pipeline computes. Every server listens on 127.0.0.1 only.
 */
package org.marketanalytics.local;
