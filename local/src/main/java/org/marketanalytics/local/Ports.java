package org.marketanalytics.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/** TCP ports of 127.0.0.1. */
final class Ports {

  /**
   * Below the range that systems give to outgoing connections (Linux from 32768, macOS from 49152):
   * otherwise a connection made between the choice of a port and its use could take it.
   */
  private static final int FIRST = 20_000;

  private static final int LAST = 32_000;
  private static final int ATTEMPTS = 1_000;
  private static final Set<Integer> HANDED_OUT = ConcurrentHashMap.newKeySet();

  private Ports() {}

  /** A free port that this process has not handed out before. */
  static int free() throws IOException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
      if (isFree(port) && HANDED_OUT.add(port)) {
        return port;
      }
    }
    throw new IOException("no free port between " + FIRST + " and " + LAST + " on 127.0.0.1");
  }

  /** The port itself, or a free one where it is 0. */
  static int orFree(int port) throws IOException {
    return port == 0 ? free() : port;
  }

  static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Fails before a server is started on a port that another one holds.
   *
   * @throws PartFailedException one line that names the port
   */
  static void requireFree(String part, int port) throws PartFailedException {
    if (!isFree(port)) {
      throw new PartFailedException(
          "%s: port %d of 127.0.0.1 is in use; give a free one, or 0 to have one chosen"
              .formatted(part, port));
    }
  }
}
