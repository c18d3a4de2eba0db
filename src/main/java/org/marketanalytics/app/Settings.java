package org.marketanalytics.app;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;

/** The application's own configuration, {@code market.*}, checked. */
final class Settings {
  private static final String TOPIC = "[A-Za-z0-9._-]{1,249}";
  private static final String TOPIC_RULE =
      "must be 1 to 249 letters, digits, dots, dashes or underscores";
  private static final String USER = "[^\\s]{1,80}";
  private static final String USER_RULE = "must be the name of a user";

  private static final String TIME = "[0-9]{1,6}(ms|s|m|h)";
  private static final String TIME_RULE = "must be a time like 500ms, 10s, 5m or 24h";

  private static final Map<String, Setting> KNOWN =
      List.of(
              Setting.matching(
                  "market.feed.cluster",
                  "must be one of stocks, crypto, forex, options, indices",
                  "stocks|crypto|forex|options|indices"),
              address(
                  "market.feed.url",
                  "must be blank or an address like wss://host/stocks, without an underscore in the host",
                  "wss?://[^\\s/]+(/\\S*)?"),
              Setting.matching(
                  "market.feed.symbols",
                  "must be * or symbols separated by commas",
                  "\\*|[^\\s,*]+(,[^\\s,*]+)*"),
              Setting.matching(
                  "market.feed.channels",
                  "must be channels separated by commas, such as A,T",
                  "[A-Za-z]+(,[A-Za-z]+)*"),
              Setting.secret("market.feed.api-key"),
              Setting.matching("market.feed.origin", "must be live or replay", "live|replay"),
              Setting.number("market.feed.max-in-flight", 1, 10_000),
              Setting.number("market.feed.max-in-flight-mib", 1, 1000),
              Setting.matching(
                  "market.kafka.brokers",
                  "must be host:port, several separated by commas",
                  "[^\\s,:]+:[0-9]{1,5}(,[^\\s,:]+:[0-9]{1,5})*"),
              Setting.of(
                  "market.kafka.config",
                  "must be blank or a file of Kafka's client properties that can be read",
                  value -> value.isEmpty() || isFile(value)),
              Setting.number("market.kafka.partitions", 1, 1000),
              Setting.number("market.kafka.replication", 1, 10),
              Setting.number("market.kafka.retention-mib", 1, 1_000_000),
              Setting.matching("market.kafka.raw-topic", TOPIC_RULE, TOPIC),
              Setting.matching("market.kafka.aggregated-topic", TOPIC_RULE, TOPIC),
              Setting.matching("market.kafka.dead-letter-topic", TOPIC_RULE, TOPIC),
              Setting.matching(
                  "market.database.url",
                  "must be an address like jdbc:mysql://host:3306/market",
                  "jdbc:mysql://[^\\s/]+/[A-Za-z0-9_$-]+(\\?\\S*)?"),
              Setting.matching("market.database.user", USER_RULE, USER),
              Setting.secret("market.database.password"),
              Setting.matching("market.database.migration-user", USER_RULE, USER),
              Setting.secret("market.database.migration-password"),
              folder("market.replay.folder"),
              folder("market.record.folder"),
              Setting.matching(
                  "market.replay.speed", "must be max or 1 to 1000", "max|[1-9][0-9]{0,2}|1000"),
              Setting.number("market.store.batch", 1, 10_000),
              Setting.number("market.retention.days", 1, 10_000),
              Setting.matching(
                  "market.heartbeat.period",
                  "must be a time like 500ms or 1s, up to 9999s",
                  "[1-9][0-9]{0,3}(ms|s)"),
              Setting.matching("market.backfill.enabled", "must be true or false", "true|false"),
              address(
                  "market.backfill.url",
                  "must be blank or an address like https://api.polygon.io, without an underscore in the host",
                  "https?://[^\\s/?#@]+/?"),
              Setting.matching(
                  "market.backfill.events",
                  "must be one of aggregates, trades, both",
                  "aggregates|trades|both"),
              Setting.matching("market.backfill.overlap", TIME_RULE, TIME),
              Setting.matching("market.backfill.delay", TIME_RULE, TIME),
              Setting.matching("market.backfill.on-start", TIME_RULE, TIME),
              Setting.matching("market.backfill.max", TIME_RULE, TIME),
              Setting.matching("market.backfill.give-up", TIME_RULE, TIME),
              Setting.number("market.backfill.requests-per-minute", 1, 1_000_000))
          .stream()
          .collect(Collectors.toUnmodifiableMap(Setting::key, Function.identity()));

  private final Function<String, String> values;

  private Settings(Function<String, String> values) {
    this.values = values;
  }

  /**
   * Reads and checks every key.
   *
   * @throws CannotStart at the first key that is not known or whose value is not allowed
   */
  static Settings of(CamelContext context) {
    refuseUnknown(given(context));
    Settings settings = new Settings(key -> resolve(context, key));
    new TreeSet<>(KNOWN.keySet()).forEach(key -> KNOWN.get(key).check(settings.value(key)));
    if (settings.value("market.feed.api-key").isEmpty()) {
      throw CannotStart.badConfiguration(
          "market.feed.api-key", "", "must be the key of your plan; set POLYGON_API_KEY");
    }
    Set<String> topics =
        Set.copyOf(
            Arrays.asList(
                settings.value("market.kafka.raw-topic"),
                settings.value("market.kafka.aggregated-topic"),
                settings.value("market.kafka.dead-letter-topic")));
    if (topics.size() < 3) {
      throw CannotStart.badConfiguration(
          "market.kafka.raw-topic",
          settings.value("market.kafka.raw-topic"),
          "the raw, the aggregated and the dead-letter topic must differ");
    }
    return settings;
  }

  private static Setting address(String key, String allowed, String regex) {
    return Setting.of(
        key, allowed, value -> value.isEmpty() || (value.matches(regex) && hasHost(value)));
  }

  /** For Java a name with an underscore is no host. */
  private static boolean hasHost(String address) {
    try {
      return new URI(address).getHost() != null;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static Setting folder(String key) {
    return Setting.of(
        key,
        "must be blank or a folder that exists and can be written to",
        value -> value.isEmpty() || isFolder(value));
  }

  private static boolean isFile(String path) {
    return Files.isRegularFile(Path.of(path)) && Files.isReadable(Path.of(path));
  }

  /** Not with what an endpoint's address ends its path at. */
  private static boolean isFolder(String path) {
    return !path.matches(".*[?#%{}].*")
        && Files.isDirectory(Path.of(path))
        && Files.isWritable(Path.of(path));
  }

  String value(String key) {
    return values.apply(key);
  }

  int number(String key) {
    return Integer.parseInt(value(key));
  }

  private static String resolve(CamelContext context, String key) {
    return context.resolvePropertyPlaceholders("{{" + key + ":}}").strip();
  }

  private static Set<String> given(CamelContext context) {
    Set<String> keys =
        new TreeSet<>(
            context
                .getPropertiesComponent()
                .loadProperties(key -> key.startsWith("market."))
                .stringPropertyNames());
    System.getProperties().stringPropertyNames().stream()
        .filter(key -> key.startsWith("market.") && !key.equals("market.home"))
        .forEach(keys::add);
    return keys;
  }

  private static void refuseUnknown(Set<String> given) {
    for (String key : given) {
      if (!KNOWN.containsKey(key)) {
        throw unknown(key, "this key is not known; did you mean %s?".formatted(nearest(key)));
      }
    }
    Set<String> variables =
        KNOWN.keySet().stream().map(Settings::variable).collect(Collectors.toSet());
    for (String name : new TreeSet<>(System.getenv().keySet())) {
      if (name.matches(
              "MARKET_(FEED|KAFKA|DATABASE|STORE|RETENTION|HEARTBEAT|REPLAY|RECORD|BACKFILL)_.*")
          && !variables.contains(name)
          && !SecretFiles.isKnown(name)) {
        throw unknown(
            name,
            "this environment variable is not known; allowed are %s"
                .formatted(String.join(", ", new TreeSet<>(variables))));
      }
    }
  }

  private static CannotStart unknown(String key, String why) {
    return CannotStart.badConfiguration(key, "(not shown)", why);
  }

  private static String variable(String key) {
    return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  private static String nearest(String key) {
    return new TreeSet<>(KNOWN.keySet())
        .stream().min((a, b) -> Integer.compare(distance(a, key), distance(b, key))).orElseThrow();
  }

  /** How many letters must be inserted, removed or exchanged to make one text of the other. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int above = row[j];
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(change, Math.min(above, row[j - 1]) + 1);
        diagonal = above;
      }
    }
    return row[b.length()];
  }
}
