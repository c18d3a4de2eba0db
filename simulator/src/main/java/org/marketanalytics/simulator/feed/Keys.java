package org.marketanalytics.simulator.feed;

import java.util.Set;

/**
 * Which API keys are good.
 *
 * @param known the keys that are known; none of them means that any key is good that is not blank
 * @param withoutAccess keys of plans without access to the WebSocket
 * @param withoutRest keys of plans without access to the REST interface
 */
record Keys(Set<String> known, Set<String> withoutAccess, Set<String> withoutRest) {
  boolean accepts(String key) {
    return !key.isBlank()
        && (known.isEmpty()
            || known.contains(key)
            || withoutAccess.contains(key)
            || withoutRest.contains(key));
  }

  boolean opensRest(String key) {
    return accepts(key) && !withoutRest.contains(key);
  }

  boolean opensWebSocket(String key) {
    return accepts(key) && !withoutAccess.contains(key);
  }
}
