package org.marketanalytics.simulator.feed;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.marketanalytics.simulator.faults.FaultStep;
import org.marketanalytics.simulator.market.MarketSettings;

/**
 * What a simulator serves and to whom.
 *
 * @param host the address to listen at
 * @param port 0 for a free one
 * @param keys the API keys that are known, none for any
 * @param keysWithoutAccess API keys that are known but may not use the WebSocket
 * @param keysWithoutRest API keys that are known but may not use the REST interface
 * @param restLimit how often a key may use the REST interface
 * @param maxConnections authenticated connections for each cluster, 0 for any number
 * @param authenticationLimit how long a connection may stay without a key
 * @param sendBufferBytes what may be pending for a client before it is closed as too slow
 * @param lossless whether the market waits for its clients instead
 * @param markets the random markets; empty where a file is replayed
 * @param replay the file to replay
 * @param history how far the REST interface reaches back
 * @param faults the script of what goes wrong
 * @param journal where every event is written down
 */
public record ServerSettings(
    InetAddress host,
    int port,
    Set<String> keys,
    Set<String> keysWithoutAccess,
    Set<String> keysWithoutRest,
    RestLimit restLimit,
    int maxConnections,
    Duration authenticationLimit,
    long sendBufferBytes,
    boolean lossless,
    FrameRules frames,
    Pace pace,
    List<MarketSettings> markets,
    Optional<Path> replay,
    Duration history,
    List<FaultStep> faults,
    Optional<Path> journal) {}
