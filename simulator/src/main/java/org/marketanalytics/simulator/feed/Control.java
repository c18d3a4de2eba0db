package org.marketanalytics.simulator.feed;

import io.netty.handler.codec.http.HttpMethod;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.marketanalytics.simulator.faults.BadStep;
import org.marketanalytics.simulator.faults.FaultScript;

/** What tests ask of the simulator beside the protocol: figures, and the end of the market. */
final class Control {
  private final Collection<Source> sources;
  private final Tally tally;
  private final SessionRules sessions;
  private final FaultPlan plan;
  private final Runnable finish;

  /**
   * @param finish what is to be done once a market that was stopped has ended
   */
  Control(
      Collection<Source> sources,
      Tally tally,
      SessionRules sessions,
      FaultPlan plan,
      Runnable finish) {
    this.sources = List.copyOf(sources);
    this.tally = tally;
    this.sessions = sessions;
    this.plan = plan;
    this.finish = finish;
  }

  Answer stats() {
    Tally.Figures figures = tally.figures();
    String channels =
        figures.byChannel().entrySet().stream()
            .map(Control::field)
            .collect(Collectors.joining(",", "{", "}"));
    return Answer.ok(
        """
        {"events_sent":%d,"events_made":%d,"frames_sent":%d,"connections":%d,"last_event_ms":%d,\
        "events_by_channel":%s,"malformed_sent":%d,"ended":%b,\
        "faults":%s}"""
            .formatted(
                figures.events(),
                figures.made(),
                figures.frames(),
                sessions.sessions().size(),
                figures.lastEventMillis(),
                channels,
                figures.malformed(),
                sources.stream().allMatch(source -> source.ended().isDone()),
                sessions.faults().playedJson()));
  }

  /** Ends the market; answered with the final figures once everything is on its way. */
  CompletableFuture<Answer> stop() {
    List<CompletableFuture<Boolean>> ends = sources.stream().map(Source::stop).toList();
    return CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new))
        .thenApply(
            all -> {
              finish.run();
              return ends.stream().allMatch(CompletableFuture::join)
                  ? stats()
                  : Answer.error(503, "a client did not take its last events");
            });
  }

  /** {@code /control/faults}: GET shows them, POST plays a step, DELETE ends and forgets all. */
  CompletableFuture<Answer> faults(HttpMethod method, byte[] body) {
    // not on the caller's thread, which serves the port that a fault may close
    return CompletableFuture.supplyAsync(() -> changed(method, body), plan.thread());
  }

  private Answer changed(HttpMethod method, byte[] body) {
    if (method.equals(HttpMethod.POST)) {
      try {
        plan.add(FaultScript.parseStep(body));
      } catch (BadStep e) {
        return Answer.error(400, e.getMessage());
      }
    } else if (method.equals(HttpMethod.DELETE)) {
      plan.clear();
    } else if (!method.equals(HttpMethod.GET)) {
      return Answer.error(404, "no " + method + " /control/faults");
    }
    return plan.status();
  }

  private static String field(Map.Entry<String, Long> count) {
    return "\"" + count.getKey() + "\":" + count.getValue();
  }
}
