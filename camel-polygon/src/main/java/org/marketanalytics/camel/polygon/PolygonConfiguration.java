package org.marketanalytics.camel.polygon;

import java.time.Duration;
import java.util.Set;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.jsse.SSLContextParameters;

/** The options of a {@code polygon:} endpoint. Options that are times are in milliseconds. */
@UriParams
public class PolygonConfiguration implements Cloneable {

  @UriPath(
      enums = "stocks,options,crypto,forex,indices",
      description = "The cluster of markets to listen to.")
  @Metadata(required = true)
  private String cluster;

  @UriParam(
      label = "consumer",
      defaultValue = "*",
      description =
          "The symbols to subscribe to, separated by commas; an asterisk means every symbol.")
  private String symbols = "*";

  @UriParam(
      label = "consumer",
      description =
          "The channels to subscribe to, separated by commas. By default the cluster's per-second"
              + " aggregates: A for stocks, options and indices, XAS for crypto, CAS for forex.")
  private String channels;

  @UriParam(
      label = "consumer",
      defaultValue = "wss://socket.polygon.io",
      description =
          "The address of the feed, for example wss://delayed.polygon.io, wss://socket.massive.com or"
              + " ws://127.0.0.1:8765. When it has no path, the cluster is appended as the path.")
  private String url = FeedAddress.DEFAULT_URL;

  @UriParam(
      label = "security",
      secret = true,
      description = "The key of the account at Polygon (Massive).")
  private String apiKey;

  @UriParam(
      label = "consumer",
      defaultValue = "32",
      description =
          "How many frames the route may work on at once. When they are that many, the socket is"
              + " not read, so that the feed is held back by TCP.")
  private int maxInFlight = 32;

  @UriParam(
      label = "consumer",
      defaultValue = "33554432",
      description =
          "How many bytes the frames that the route works on may have together; then the socket is"
              + " not read, as with maxInFlight. A single frame that is bigger is handed over when"
              + " no other is in flight.")
  private long maxInFlightBytes = 32 * 1024 * 1024;

  @UriParam(
      label = "consumer,advanced",
      defaultValue = "16777216",
      description =
          "The greatest size of a frame in bytes. A link that sends a bigger one is closed and"
              + " made anew.")
  private int maxFrameSize = 16 * 1024 * 1024;

  @UriParam(
      label = "security",
      description = "TLS settings for wss addresses; by default those of the Java runtime.")
  private SSLContextParameters sslContextParameters;

  @UriParam(
      label = "consumer,advanced",
      defaultValue = "10000",
      javaType = "java.time.Duration",
      description = "How long to wait for a connection, TLS and the WebSocket handshake included.")
  private long connectTimeout = 10000;

  @UriParam(
      label = "consumer,advanced",
      defaultValue = "10000",
      javaType = "java.time.Duration",
      description = "How long to wait for the feed's greeting, and then for its answer to the key.")
  private long authTimeout = 10000;

  @UriParam(
      label = "consumer,advanced",
      defaultValue = "10000",
      javaType = "java.time.Duration",
      description =
          "How long to wait for the next confirmation of a subscription. The feed answers "
              + "an unknown channel by silence: what is not confirmed in time is named in the "
              + "log.")
  private long subscribeTimeout = 10000;

  @UriParam(
      label = "consumer,advanced",
      defaultValue = "5000",
      javaType = "java.time.Duration",
      description = "How long the link may be silent before it is pinged.")
  private long pingInterval = 5000;

  @UriParam(
      label = "consumer,advanced",
      defaultValue = "10000",
      javaType = "java.time.Duration",
      description =
          "How long a ping may stay without any sign of life before the link is dropped "
              + "and made anew.")
  private long pongTimeout = 10000;

  @UriParam(
      label = "consumer",
      defaultValue = "500",
      javaType = "java.time.Duration",
      description =
          "The upper bound of the first delay before reconnecting. It doubles with each "
              + "failure, and the delay taken is random between 0 and the bound.")
  private long reconnectInitialDelay = 500;

  @UriParam(
      label = "consumer",
      defaultValue = "30000",
      javaType = "java.time.Duration",
      description = "The greatest upper bound of the delay before reconnecting.")
  private long reconnectMaxDelay = 30000;

  @UriParam(
      label = "consumer,advanced",
      defaultValue = "10000",
      javaType = "java.time.Duration",
      description =
          "How long a link must deliver before the delay starts again from "
              + "reconnectInitialDelay.")
  private long reconnectStableAfter = 10000;

  @UriParam(
      label = "consumer",
      defaultValue = "60000",
      javaType = "java.time.Duration",
      description =
          "The delay after the feed has refused: wrong key, plan without access, too many "
              + "connections.")
  private long refusedRetryDelay = 60000;

  @UriParam(
      label = "consumer,advanced",
      defaultValue = "10000",
      javaType = "java.time.Duration",
      description =
          "How long a stopping consumer waits for the frames that the route still works " + "on.")
  private long drainTimeout = 10000;

  PolygonConfiguration copy() {
    try {
      return (PolygonConfiguration) clone();
    } catch (CloneNotSupportedException e) {
      throw new RuntimeCamelException(e);
    }
  }

  /**
   * Checks every option.
   *
   * @throws IllegalArgumentException naming the option, its value and what is allowed
   */
  void validate() {
    subscriptions();
    address();
    atLeast("maxInFlight", maxInFlight, 1);
    atLeast("maxInFlightBytes", maxInFlightBytes, 1024);
    atLeast("maxFrameSize", maxFrameSize, 1024);
    atLeast("connectTimeout", connectTimeout, 1);
    atLeast("authTimeout", authTimeout, 1);
    atLeast("subscribeTimeout", subscribeTimeout, 1);
    atLeast("pingInterval", pingInterval, 1);
    atLeast("pongTimeout", pongTimeout, 1);
    atLeast("reconnectInitialDelay", reconnectInitialDelay, 0);
    atLeast("reconnectMaxDelay", reconnectMaxDelay, reconnectInitialDelay);
    atLeast("reconnectStableAfter", reconnectStableAfter, 0);
    atLeast("refusedRetryDelay", refusedRetryDelay, 0);
    atLeast("drainTimeout", drainTimeout, 0);
  }

  private static void atLeast(String option, long value, long least) {
    if (value < least) {
      throw new IllegalArgumentException(
          option + "=" + value + " is too small; allowed: " + least + " or more");
    }
  }

  PolygonCluster knownCluster() {
    return PolygonCluster.named(cluster);
  }

  Set<String> subscriptions() {
    return Subscriptions.pairs(knownCluster().channels(channels), symbols);
  }

  FeedAddress address() {
    return FeedAddress.of(url, knownCluster());
  }

  Backoff backoff() {
    return new Backoff(
        Duration.ofMillis(reconnectInitialDelay), Duration.ofMillis(reconnectMaxDelay));
  }

  public String getCluster() {
    return cluster;
  }

  /** Sets the cluster of markets. */
  public void setCluster(String cluster) {
    this.cluster = cluster;
  }

  public String getSymbols() {
    return symbols;
  }

  /** Sets the symbols, separated by commas; {@code *} is every symbol. */
  public void setSymbols(String symbols) {
    this.symbols = symbols;
  }

  public String getChannels() {
    return channels;
  }

  /** Sets the channels, separated by commas. */
  public void setChannels(String channels) {
    this.channels = channels;
  }

  public String getUrl() {
    return url;
  }

  /** Sets the address of the feed; blank is the public one. */
  public void setUrl(String url) {
    this.url = url;
  }

  public String getApiKey() {
    return apiKey;
  }

  /** Sets the key of the account. */
  public void setApiKey(String apiKey) {
    this.apiKey = apiKey == null ? null : apiKey.strip();
  }

  public int getMaxInFlight() {
    return maxInFlight;
  }

  /** Sets how many frames the route may work on at once; at least 1. */
  public void setMaxInFlight(int maxInFlight) {
    this.maxInFlight = maxInFlight;
  }

  public long getMaxInFlightBytes() {
    return maxInFlightBytes;
  }

  /** Sets how many bytes the frames in flight may have together; at least 1024. */
  public void setMaxInFlightBytes(long maxInFlightBytes) {
    this.maxInFlightBytes = maxInFlightBytes;
  }

  public int getMaxFrameSize() {
    return maxFrameSize;
  }

  /** Sets the greatest size of a frame in bytes; at least 1024. */
  public void setMaxFrameSize(int maxFrameSize) {
    this.maxFrameSize = maxFrameSize;
  }

  public SSLContextParameters getSslContextParameters() {
    return sslContextParameters;
  }

  /** Sets the TLS settings for wss addresses. */
  public void setSslContextParameters(SSLContextParameters sslContextParameters) {
    this.sslContextParameters = sslContextParameters;
  }

  public long getConnectTimeout() {
    return connectTimeout;
  }

  /** Sets the wait for a connection, in milliseconds. */
  public void setConnectTimeout(long connectTimeout) {
    this.connectTimeout = connectTimeout;
  }

  public long getAuthTimeout() {
    return authTimeout;
  }

  /** Sets the wait for the answer to the key, in milliseconds. */
  public void setAuthTimeout(long authTimeout) {
    this.authTimeout = authTimeout;
  }

  public long getSubscribeTimeout() {
    return subscribeTimeout;
  }

  /** Sets the wait for a confirmation, in milliseconds. */
  public void setSubscribeTimeout(long subscribeTimeout) {
    this.subscribeTimeout = subscribeTimeout;
  }

  public long getPingInterval() {
    return pingInterval;
  }

  /** Sets the idle time before a ping, in milliseconds. */
  public void setPingInterval(long pingInterval) {
    this.pingInterval = pingInterval;
  }

  public long getPongTimeout() {
    return pongTimeout;
  }

  /** Sets the wait for a sign of life after a ping, in milliseconds. */
  public void setPongTimeout(long pongTimeout) {
    this.pongTimeout = pongTimeout;
  }

  public long getReconnectInitialDelay() {
    return reconnectInitialDelay;
  }

  /** Sets the bound of the first delay before reconnecting, in milliseconds. */
  public void setReconnectInitialDelay(long reconnectInitialDelay) {
    this.reconnectInitialDelay = reconnectInitialDelay;
  }

  public long getReconnectMaxDelay() {
    return reconnectMaxDelay;
  }

  /** Sets the greatest bound of the delay before reconnecting, in milliseconds. */
  public void setReconnectMaxDelay(long reconnectMaxDelay) {
    this.reconnectMaxDelay = reconnectMaxDelay;
  }

  public long getReconnectStableAfter() {
    return reconnectStableAfter;
  }

  /** Sets the age at which a link counts as stable, in milliseconds. */
  public void setReconnectStableAfter(long reconnectStableAfter) {
    this.reconnectStableAfter = reconnectStableAfter;
  }

  public long getRefusedRetryDelay() {
    return refusedRetryDelay;
  }

  /** Sets the delay after a refusal, in milliseconds. */
  public void setRefusedRetryDelay(long refusedRetryDelay) {
    this.refusedRetryDelay = refusedRetryDelay;
  }

  public long getDrainTimeout() {
    return drainTimeout;
  }

  /** Sets the wait for frames in flight at the stop, in milliseconds. */
  public void setDrainTimeout(long drainTimeout) {
    this.drainTimeout = drainTimeout;
  }
}
