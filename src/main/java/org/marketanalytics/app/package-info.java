/**
 * The application: boots Camel with the routes of the folder {@code routes/}, prepares topics and
 * tables, and offers the beans that the routes name. What can be said in a route or a property is
 * said there.
 */
package org.marketanalytics.app;
