package org.marketanalytics.bench;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.marketanalytics.local.Application;
import org.marketanalytics.local.Broker;
import org.marketanalytics.local.Database;
import org.marketanalytics.local.Simulator;

/**
 * From the aggregated topic to MySQL: the application on a topic that is full already, against bare
 * JDBC batches of as many rows, with the same upsert, into the same table; and against the
 * application with the naive route in place of its own.
 */
final class StoreBenchmark implements Benchmark {

  private static final String GROUP = "market-store";
  private static final String NAIVE = "naive.aggregated";
  private static final String NAIVE_GROUP = "naive-store";
  private static final int SYMBOLS = 10_000;
  private static final long WINDOW_MILLIS = 60_000;
  private static final long SLIDE_MILLIS = 5_000;
  private static final Duration PERIOD = Duration.ofMillis(20);

  /** As {@code market.store.batch}. */
  private static final int BATCH = 2_000;

  @Override
  public String name() {
    return "store";
  }

  @Override
  public String description() {
    return "market.aggregated to MySQL, moving averages, against bare JDBC batches and the naive route";
  }

  @Override
  public List<Result> run(Effort effort, Path folder) throws Exception {
    String insert = insert();
    try (Broker broker = Broker.start(folder.resolve("broker"), 0);
        Database database = Database.start(folder.resolve("database"), 0);
        Simulator simulator =
            Simulator.start(folder.resolve("simulator"), 0, "--symbols=1", "--rate=1");
        Application application =
            Application.start(
                folder.resolve("application"),
                0,
                List.of(),
                IngestBenchmark.feed(broker, database, simulator));
        Application naive =
            Application.start(
                folder.resolve("naive"), 0, List.of(), naive(broker, database, simulator));
        TopicLog topics = new TopicLog(broker.bootstrapServers());
        RawProducer producer = new RawProducer(broker.bootstrapServers());
        Connection connection = connect(database)) {
      Pids.hold(application.pid(), naive.pid());
      Windows windows = new Windows(effort.choose(6, 20));
      List<Long> parts = List.of(application.pid(), database.pid());
      List<Long> naiveParts = List.of(naive.pid(), database.pid());
      long naiveRows = effort.choose(2_000, 10_000);
      List<Long> bare = List.of(ProcessHandle.current().pid(), database.pid());
      List<Result> results =
          new Comparison(
                  System.err, new Metric(name(), "rows/s"), new Metric(name() + "-cpu", "us/row"))
              .ours(
                  () -> {
                    windows.next();
                    windows.send(producer, TopicLog.AGGREGATED, windows.rows());
                    return drain(topics, GROUP, TopicLog.AGGREGATED, parts, windows.rows());
                  })
              .limit(
                  () -> {
                    windows.next();
                    Stretch stretch = Stretch.begin(bare);
                    windows.insert(connection, insert);
                    return stretch.figures(windows.rows());
                  })
              .peer(
                  () -> {
                    windows.next();
                    windows.send(producer, NAIVE, naiveRows);
                    return drain(topics, NAIVE_GROUP, NAIVE, naiveParts, naiveRows);
                  })
              .run(effort.rounds());
      // what is held does not end when it is asked to
      Pids.release(application.pid(), naive.pid());
      return results;
    }
  }

  private static Map<String, String> naive(Broker broker, Database database, Simulator simulator) {
    Map<String, String> variables =
        new HashMap<>(IngestBenchmark.feed(broker, database, simulator));
    variables.put("MARKET_KAFKA_AGGREGATED_TOPIC", NAIVE);
    variables.putAll(FedApplication.naive("store.camel.yaml"));
    return variables;
  }

  private static Connection connect(Database database) throws SQLException {
    Connection connection =
        DriverManager.getConnection(
            database.jdbcUrl() + "&rewriteBatchedStatements=true",
            database.writer().user(),
            database.writer().password());
    connection.setAutoCommit(false);
    connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
    return connection;
  }

  /** What is done with a row that is there already is what the route does. */
  private static String insert() throws Exception {
    String route = Files.readString(Built.home().resolve("routes/sql/store-averages.sql"));
    return """
        INSERT INTO moving_averages (
          symbol, window_start, window_end, avg_open, avg_high, avg_low, avg_close, seconds, revision, updated_at
        ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
        + route.substring(route.indexOf("ON DUPLICATE KEY UPDATE"));
  }

  /** From the first tenth to the last row; the application is the first of the parts. */
  private static double[] drain(
      TopicLog topics, String group, String topic, List<Long> parts, long rows) throws Exception {
    long end = topics.end(topic);
    long begin = end - rows * 9 / 10;
    Pids.release(parts.get(0));
    Wait.until("the first rows", PERIOD, () -> topics.committed(group, topic) >= begin);
    long first = topics.committed(group, topic);
    Stretch stretch = Stretch.begin(parts);
    Wait.until("all rows", PERIOD, () -> topics.committed(group, topic) >= end);
    double[] figures = stretch.figures(end - first);
    Pids.hold(parts.get(0));
    return figures;
  }

  /** Moving averages of every symbol at some points of time, new ones for each round. */
  private static final class Windows {
    private final int count;
    private long endMillis = System.currentTimeMillis() / SLIDE_MILLIS * SLIDE_MILLIS;

    Windows(int count) {
      this.count = count;
    }

    long rows() {
      return (long) count * SYMBOLS;
    }

    void next() {
      endMillis -= count * SLIDE_MILLIS;
    }

    /** So many rows, from the first point of time on. */
    void send(RawProducer producer, String topic, long rows) {
      byte[] type = "average".getBytes(StandardCharsets.UTF_8);
      for (int row = 0; row < rows; row++) {
        long end = endMillis + row / SYMBOLS * SLIDE_MILLIS;
        int number = row % SYMBOLS;
        String symbol = MarketSeconds.symbol(number);
        String json =
            """
            {"symbol":"%s","start":%d,"end":%d,"avg_open":"%s","avg_high":"%s","avg_low":"%s","avg_close":"%s","seconds":60,"revision":%d}"""
                .formatted(
                    symbol,
                    end - WINDOW_MILLIS,
                    end,
                    price(number, 1),
                    price(number, 3),
                    price(number, 0),
                    price(number, 2),
                    end);
        ProducerRecord<byte[], byte[]> message =
            new ProducerRecord<>(
                topic,
                symbol.getBytes(StandardCharsets.UTF_8),
                json.getBytes(StandardCharsets.UTF_8));
        message.headers().add("type", type);
        producer.send(message);
      }
      producer.flush();
    }

    void insert(Connection connection, String sql) throws SQLException {
      LocalDateTime now = LocalDateTime.now(ZoneOffset.UTC);
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        for (int window = 0; window < count; window++) {
          long end = endMillis + window * SLIDE_MILLIS;
          for (int number = 0; number < SYMBOLS; number++) {
            statement.setString(1, MarketSeconds.symbol(number));
            statement.setObject(2, utc(end - WINDOW_MILLIS));
            statement.setObject(3, utc(end));
            statement.setString(4, price(number, 1));
            statement.setString(5, price(number, 3));
            statement.setString(6, price(number, 0));
            statement.setString(7, price(number, 2));
            statement.setInt(8, 60);
            statement.setLong(9, end);
            statement.setObject(10, now);
            statement.addBatch();
            if ((number + 1) % BATCH == 0) {
              statement.executeBatch();
              connection.commit();
            }
          }
        }
      }
    }

    private static String price(int number, int add) {
      return (50 + number % 200) + ".12345" + add;
    }

    private static LocalDateTime utc(long millis) {
      return LocalDateTime.ofEpochSecond(millis / 1_000, 0, ZoneOffset.UTC);
    }
  }
}
