/** The live page, against a real database and, where there is one, in a real browser. */
package org.marketanalytics.app.page;
