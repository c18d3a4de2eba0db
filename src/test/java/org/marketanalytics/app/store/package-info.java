/** Tests of the way from the aggregated topic to the database. */
package org.marketanalytics.app.store;
