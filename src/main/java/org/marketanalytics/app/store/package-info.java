/**
 * From batches of records of the aggregated topic to the rows of one statement: checks each record,
 * keeps the newest row of a key, and commits the offsets once the database has the rows.
 */
package org.marketanalytics.app.store;
