package org.marketanalytics.app;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.marketanalytics.local.Application;
import org.marketanalytics.local.Broker;
import org.marketanalytics.local.Database;
import org.marketanalytics.local.DatabaseProduct;

/** A real broker and a real database, and the application as a process on them. */
public final class Servers implements AutoCloseable {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Path directory;
  private final DatabaseProduct product;
  private Broker broker;
  private Database database;

  private Servers(Path directory, DatabaseProduct product, Broker broker, Database database) {
    this.directory = directory;
    this.product = product;
    this.broker = broker;
    this.database = database;
  }

  /** Starts both. */
  public static Servers start(Path directory, DatabaseProduct product)
      throws IOException, InterruptedException {
    Broker broker = Broker.start(directory.resolve("broker"), 0);
    try {
      Database database = Database.start(directory.resolve("database"), 0, product);
      return new Servers(directory, product, broker, database);
    } catch (IOException | InterruptedException | RuntimeException e) {
      broker.close();
      throw e;
    }
  }

  public Broker broker() {
    return broker;
  }

  public Database database() {
    return database;
  }

  /** Ends the broker at once; {@link #restartBroker} starts it again. */
  public void killBroker() {
    broker.kill();
  }

  /** Starts the broker again where it was. */
  public void restartBroker() throws IOException, InterruptedException {
    broker = Broker.start(directory.resolve("broker"), broker.port());
  }

  /** Starts the database again where it was. */
  public void restartDatabase() throws IOException, InterruptedException {
    database = Database.start(directory.resolve("database"), database.port(), product);
  }

  /** The environment of an application that runs some of the routes. */
  public Map<String, String> configuration(String routes) {
    Map<String, String> environment = new HashMap<>(Application.configuration(broker, database));
    environment.put("POLYGON_API_KEY", "test");
    environment.put("CAMEL_MAIN_ROUTES_INCLUDE_PATTERN", routes);
    return environment;
  }

  /** Starts the application. */
  public Application application(Map<String, String> environment)
      throws IOException, InterruptedException {
    return Application.start(directory.resolve("application"), 0, environment);
  }

  /** What the application answers. */
  public static String get(Application application, String path)
      throws IOException, InterruptedException {
    URI address = application.page().resolve(path);
    HttpRequest request = HttpRequest.newBuilder(address).timeout(PATIENCE).build();
    return CLIENT.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  @Override
  public void close() {
    database.close();
    broker.close();
  }
}
