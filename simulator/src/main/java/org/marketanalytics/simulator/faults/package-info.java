/** What can be made to go wrong, and the scripts that say when. */
package org.marketanalytics.simulator.faults;
