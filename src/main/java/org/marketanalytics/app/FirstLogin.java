package org.marketanalytics.app;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.marketanalytics.camel.polygon.PolygonConsumer;

/**
 * Watches the first login after the start. A key that the feed refuses then is a wrong key, and the
 * application ends; one that it refuses later is tried again, as a plan may be away for a while.
 */
final class FirstLogin {
  private static final Duration LOOK = Duration.ofMillis(200);
  private static final String REFUSED = "auth_failed";

  private final CamelContext context;
  private final ScheduledExecutorService thread;
  private final Consumer<CannotStart> refused;

  private FirstLogin(CamelContext context, Consumer<CannotStart> refused) {
    this.context = context;
    this.refused = refused;
    this.thread =
        context.getExecutorServiceManager().newSingleThreadScheduledExecutor(this, "first-login");
  }

  /** Calls {@code refused} at most once, and nothing after the feed has been live. */
  static void watch(CamelContext context, Consumer<CannotStart> refused) {
    FirstLogin login = new FirstLogin(context, refused);
    ScheduledFuture<?> unused =
        login.thread.scheduleWithFixedDelay(login::look, 0, LOOK.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void look() {
    List<PolygonConsumer> feeds =
        context.getRoutes().stream()
            .map(route -> route.getConsumer())
            .filter(PolygonConsumer.class::isInstance)
            .map(PolygonConsumer.class::cast)
            .toList();
    if (feeds.isEmpty() || feeds.stream().anyMatch(feed -> feed.getFeedState().equals("LIVE"))) {
      thread.shutdown();
      return;
    }
    for (PolygonConsumer feed : feeds) {
      String reason = feed.getFeedReason();
      if (reason.startsWith(REFUSED)) {
        thread.shutdown();
        refused.accept(
            CannotStart.unreachable(
                "market.feed.api-key", "(not shown)", "the feed refuses the key: " + reason));
        return;
      }
    }
  }
}
