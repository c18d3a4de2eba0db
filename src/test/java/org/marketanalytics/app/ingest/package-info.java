/** Tests of the way from the feed to the raw topic. */
package org.marketanalytics.app.ingest;
