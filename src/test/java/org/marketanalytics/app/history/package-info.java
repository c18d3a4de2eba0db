/** Tests of what reads and writes files of the past. */
package org.marketanalytics.app.history;
