/**
 * From frames of the feed to records of the raw topic: cuts a frame into events without parsing one
 * into a tree, and tells the feed's clock to every partition.
 */
package org.marketanalytics.app.ingest;
