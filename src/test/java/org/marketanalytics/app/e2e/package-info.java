/** The whole pipeline, each part a real process, from events at a WebSocket to rows in MySQL. */
package org.marketanalytics.app.e2e;
