package org.marketanalytics.local;

import java.io.IOException;

/** Answers, cheaply and again and again, whether a child can be used yet. */
@FunctionalInterface
interface Readiness {

  boolean isReady() throws IOException;
}
