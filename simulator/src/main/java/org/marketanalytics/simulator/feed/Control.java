package org.marketanalytics.simulator.feed;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** What tests ask of the simulator beside the protocol: figures, and the end of the market. */
final class Control {
  private final Collection<Source> sources;
  private final Tally tally;
  private final SessionRules sessions;

  Control(Collection<Source> sources, Tally tally, SessionRules sessions) {
    this.sources = List.copyOf(sources);
    this.tally = tally;
    this.sessions = sessions;
  }

  Answer stats() {
    Tally.Figures figures = tally.figures();
    String channels =
        figures.byChannel().entrySet().stream()
            .map(Control::field)
            .collect(Collectors.joining(",", "{", "}"));
    return Answer.ok(
        """
        {"events_sent":%d,"frames_sent":%d,"connections":%d,"last_event_ms":%d,\
        "events_by_channel":%s,"malformed_sent":%d,"ended":%b}"""
            .formatted(
                figures.events(),
                figures.frames(),
                sessions.sessions().size(),
                figures.lastEventMillis(),
                channels,
                figures.malformed(),
                sources.stream().allMatch(source -> source.ended().isDone())));
  }

  /** Ends the market; answered with the final figures once everything is on its way. */
  CompletableFuture<Answer> stop() {
    List<CompletableFuture<Boolean>> ends = sources.stream().map(Source::stop).toList();
    return CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new))
        .thenApply(
            all ->
                ends.stream().allMatch(CompletableFuture::join)
                    ? stats()
                    : Answer.error(503, "a client did not take its last events"));
  }

  private static String field(Map.Entry<String, Long> count) {
    return "\"" + count.getKey() + "\":" + count.getValue();
  }
}
