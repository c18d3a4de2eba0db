package org.marketanalytics.camel.polygon;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.glassfish.tyrus.core.CloseReasons;
import org.glassfish.tyrus.spi.ClientEngine;
import org.glassfish.tyrus.spi.ClientEngine.ClientUpgradeInfo;
import org.glassfish.tyrus.spi.ClientEngine.ClientUpgradeStatus;
import org.glassfish.tyrus.spi.CompletionHandler;
import org.glassfish.tyrus.spi.Connection;
import org.glassfish.tyrus.spi.UpgradeRequest;
import org.glassfish.tyrus.spi.Writer;

/**
 * A connection: one thread reads it and does all that follows from what it reads; a second one,
 * which is there only while there is something to write, writes.
 */
final class FeedSocket extends Writer {

  /** Read at once; many frames of a busy feed. */
  private static final int PIECE_BYTES = 32 * 1024;

  private final Socket socket;
  private final ThreadPoolExecutor writer =
      new ThreadPoolExecutor(
          0,
          1,
          1,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          task -> thread("polygon-write", task));

  FeedSocket(Socket socket) {
    this.socket = socket;
  }

  /** Asks for the upgrade, and from now on hands all that comes to the library. */
  void start(UpgradeRequest request, ClientEngine engine) throws IOException {
    socket.getOutputStream().write(Upgrade.text(request));
    thread("polygon-read", () -> read(engine)).start();
  }

  private static Thread thread(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  private void read(ClientEngine engine) {
    Connection connection = null;
    try {
      InputStream in = socket.getInputStream();
      ClientUpgradeInfo upgrade =
          engine.processResponse(Upgrade.response(in), this, reason -> close());
      if (upgrade.getUpgradeStatus() == ClientUpgradeStatus.SUCCESS) {
        connection = upgrade.createConnection();
        pass(in, connection);
      } else if (upgrade.getUpgradeStatus()
          == ClientUpgradeStatus.ANOTHER_UPGRADE_REQUEST_REQUIRED) {
        throw new IOException("the server wants another request");
      }
    } catch (IOException | RuntimeException e) {
      if (connection == null) {
        engine.processError(e);
      }
    } finally {
      boolean lost = !writer.isShutdown();
      abort();
      if (lost && connection != null) {
        connection.close(CloseReasons.CLOSED_ABNORMALLY.getCloseReason());
      }
    }
  }

  private void pass(InputStream in, Connection connection) throws IOException {
    byte[] piece = new byte[PIECE_BYTES];
    while (true) {
      int bytes = in.read(piece);
      if (bytes < 0) {
        throw new EOFException("the server closed the connection");
      }
      connection.getReadHandler().handle(ByteBuffer.wrap(piece, 0, bytes));
    }
  }

  @Override
  public void write(ByteBuffer text, CompletionHandler<ByteBuffer> told) {
    try {
      writer.execute(() -> writeNow(text, told));
    } catch (RejectedExecutionException e) {
      told.failed(new IOException("the connection is closed", e));
    }
  }

  private void writeNow(ByteBuffer text, CompletionHandler<ByteBuffer> told) {
    byte[] bytes = new byte[text.remaining()];
    text.get(bytes);
    try {
      OutputStream out = socket.getOutputStream();
      out.write(bytes);
      out.flush();
    } catch (IOException e) {
      told.failed(e);
      return;
    }
    told.completed(text);
  }

  /** Ends the connection when all is written. */
  @Override
  public void close() {
    try {
      writer.execute(this::abort);
    } catch (RejectedExecutionException e) {
      return; // that was said before
    }
    writer.shutdown();
  }

  /** Ends the connection now. */
  void abort() {
    writer.shutdown();
    try {
      socket.close();
    } catch (IOException e) {
      // it is gone already, which is what was wanted
    }
  }
}
