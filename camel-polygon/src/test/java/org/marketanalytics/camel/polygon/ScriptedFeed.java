package org.marketanalytics.camel.polygon;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ServerSocketFactory;

/**
 * A feed on a free port of the loopback interface that follows a script for each connection. It
 * speaks WebSocket by itself, because no library lets a server misbehave as real ones do.
 */
final class ScriptedFeed implements AutoCloseable {

  /** What the feed does with one connection; the connection is cut when it returns. */
  @FunctionalInterface
  interface Script {
    void play(FeedPeer peer) throws Exception;
  }

  private final ServerSocket server;
  private final Script script;
  private final List<FeedPeer> peers = new CopyOnWriteArrayList<>();
  private final List<Throwable> failures = new CopyOnWriteArrayList<>();

  private ScriptedFeed(ServerSocket server, Script script) {
    this.server = server;
    this.script = script;
  }

  static ScriptedFeed start(Script script) {
    return start(ServerSocketFactory.getDefault(), script);
  }

  /** A feed behind sockets of a special kind. */
  static ScriptedFeed start(ServerSocketFactory sockets, Script script) {
    try {
      ScriptedFeed feed =
          new ScriptedFeed(
              sockets.createServerSocket(0, 50, InetAddress.getLoopbackAddress()), script);
      thread(feed::accept);
      return feed;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A feed that lets everybody in, confirms everything, and then follows the script. */
  static ScriptedFeed live(Script afterSubscribing) {
    return start(
        peer -> {
          peer.upgrade();
          peer.authenticate();
          peer.confirmSubscription();
          afterSubscribing.play(peer);
        });
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        FeedPeer peer = new FeedPeer(socket, peers.size());
        peers.add(peer);
        thread(() -> play(peer));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void play(FeedPeer peer) {
    try (peer) {
      script.play(peer);
    } catch (IOException e) {
      // the client is gone, or the test is over
    } catch (Exception | AssertionError e) {
      failures.add(e);
    }
  }

  private static void thread(Runnable work) {
    Thread thread = new Thread(work, "scripted-feed");
    thread.setDaemon(true);
    thread.start();
  }

  String url() {
    return "ws://127.0.0.1:" + server.getLocalPort();
  }

  int port() {
    return server.getLocalPort();
  }

  int connections() {
    return peers.size();
  }

  FeedPeer peer(int number) {
    return peers.get(number);
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    peers.forEach(FeedPeer::close);
    if (!failures.isEmpty()) {
      throw new AssertionError("the script failed", failures.get(0));
    }
  }
}
