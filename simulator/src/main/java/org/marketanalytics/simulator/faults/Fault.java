package org.marketanalytics.simulator.faults;

import static org.marketanalytics.simulator.faults.Parameter.choice;
import static org.marketanalytics.simulator.faults.Parameter.optional;
import static org.marketanalytics.simulator.faults.Parameter.required;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.marketanalytics.simulator.faults.Parameter.Kind;

/** What can be made to go wrong. The names in scripts are these in lower case. */
public enum Fault {
  /** Ends links: with a close frame, without one, or so that the client does not notice. */
  DROP(choice("how", "close", "abort", "half_open"), optional("count", Kind.COUNT)),
  /** Sends what is to be sent so much later. */
  DELAY(required("by", Kind.SECONDS), optional("for", Kind.SECONDS)),
  /** Sends nothing for a time, and then all of it. */
  PAUSE(required("for", Kind.SECONDS)),
  /** Tells links that they are ended by the operator, and ends them. */
  FORCE_DISCONNECT(optional("count", Kind.COUNT)),
  /** Tells links that they are too slow, and ends them. */
  SLOW_CONSUMER(optional("count", Kind.COUNT)),
  /** Refuses logins: there are too many. */
  MAX_CONNECTIONS(optional("for", Kind.SECONDS), optional("count", Kind.COUNT)),
  /** Refuses logins: the key is wrong. */
  AUTH_FAILED(optional("for", Kind.SECONDS), optional("count", Kind.COUNT)),
  /** Refuses logins: the key came too late. */
  AUTH_TIMEOUT(optional("for", Kind.SECONDS), optional("count", Kind.COUNT)),
  /** Refuses connections: handshakes by 503, or all of them as the port is closed. */
  REFUSE(choice("how", "handshake", "port"), required("for", Kind.SECONDS)),
  /** Sends frames that are none of the feed's. */
  GARBAGE(
      choice("what", "not_json", "truncated", "utf8", "unknown_status", "oversize"),
      optional("count", Kind.COUNT, "1"),
      optional("mib", Kind.COUNT, "17")),
  /** Sends a share of the events once more. */
  REPEAT(
      required("share", Kind.SHARE),
      optional("within", Kind.SECONDS, "1"),
      optional("for", Kind.SECONDS),
      optional("seed", Kind.SEED, "1")),
  /** Sends a share of the events out of their order. */
  REORDER(
      required("share", Kind.SHARE),
      optional("within", Kind.SECONDS, "2"),
      optional("for", Kind.SECONDS),
      optional("seed", Kind.SEED, "1")),
  /** Sends a share of the events so much later. */
  LATE(
      required("share", Kind.SHARE),
      required("by", Kind.SECONDS),
      optional("for", Kind.SECONDS),
      optional("seed", Kind.SEED, "1")),
  /** Sends a share of the seconds again with other values. */
  REVISE(
      required("share", Kind.SHARE),
      optional("within", Kind.SECONDS, "5"),
      optional("for", Kind.SECONDS)),
  /** Answers requests of the REST interface by an error, late, or not at all. */
  REST(
      choice("answer", "429", "500", "slow", "reset"),
      optional("for", Kind.SECONDS),
      optional("count", Kind.COUNT),
      optional("by", Kind.SECONDS, "2"),
      optional("retry_after", Kind.SECONDS, "1"));

  @SuppressWarnings("ImmutableEnumChecker") // an unmodifiable list of records
  private final List<Parameter> parameters;

  Fault(Parameter... parameters) {
    this.parameters = List.of(parameters);
  }

  /** The name in scripts. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether it is a change of events on their way to clients. */
  public boolean changesEvents() {
    return this == REPEAT || this == REORDER || this == LATE;
  }

  /** Whether it is in force from then on, rather than done at once. */
  public boolean lasts() {
    return switch (this) {
      case DROP, PAUSE, FORCE_DISCONNECT, SLOW_CONSUMER, GARBAGE -> false;
      default -> true;
    };
  }

  List<Parameter> parameters() {
    return parameters;
  }

  static Optional<Fault> named(String label) {
    return Stream.of(values()).filter(fault -> fault.label().equals(label)).findFirst();
  }
}
