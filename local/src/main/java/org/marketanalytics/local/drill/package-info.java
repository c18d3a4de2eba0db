/**
 * Breaks a running pipeline in every way that it must survive, and proves row by row that nothing
 * was lost or became wrong.
 */
package org.marketanalytics.local.drill;
