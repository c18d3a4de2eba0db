/** Tests of the application's start, and what they share with the tests of its parts. */
package org.marketanalytics.app;
