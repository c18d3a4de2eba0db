/** Tests of what is fetched after an interruption. */
package org.marketanalytics.app.backfill;
