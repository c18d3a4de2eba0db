/** The command that starts the feed simulator. */
package org.marketanalytics.simulator;
