/**
 * Files of the past: those that are played into the raw topic, and the recording of what the feed
 * sends now. One line is read or written at a time, never a whole file.
 */
package org.marketanalytics.app.history;
