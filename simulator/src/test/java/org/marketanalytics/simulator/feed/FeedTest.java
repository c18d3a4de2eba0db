package org.marketanalytics.simulator.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.marketanalytics.simulator.market.Channel;

class FeedTest {

  @TempDir private Path directory;

  @Test
  void noClientGetsAnEventThatIsNotInTheJournal() throws Exception {
    Path file = directory.resolve("journal.gz");
    Recipient recipient = new Recipient();
    try (Journal journal = new Journal(file)) {
      Feed feed =
          new Feed(
              List.of("AAPL"),
              false,
              new TradeHistory(1 << 20),
              new Tally(),
              Optional.of(journal),
              new Faults(System::nanoTime));
      feed.join(recipient);

      recipient.wants(Channel.T);
      feed.publish(batch("before the feed took it up"));
      feed.refresh();
      feed.publish(batch("after"));
    }

    assertThat(recipient.received).containsExactly("[\"after\"]");
    assertThat(journalled(file)).isEqualTo("\"after\"\n");
  }

  private static EventBatch batch(String event) {
    EventBatch batch = new EventBatch(1);
    batch.begin(Channel.T, 0, 1).append(("\"" + event + "\"").getBytes(UTF_8));
    batch.end();
    return batch;
  }

  private static String journalled(Path file) throws IOException {
    try (GZIPInputStream lines = new GZIPInputStream(Files.newInputStream(file))) {
      return new String(lines.readAllBytes(), UTF_8);
    }
  }

  private static final class Recipient implements Client {
    private final List<String> received = new ArrayList<>();
    private Subscriptions wanted = Subscriptions.NONE;

    void wants(Channel channel) {
      Subscriptions.Change change = new Subscriptions.Change(wanted);
      change.setEverything(channel, true);
      wanted = change.done();
    }

    @Override
    public Subscriptions subscriptions() {
      return wanted;
    }

    @Override
    public void send(EventBatch.Frame frame) {
      if (!frame.isEmpty()) {
        received.add(new String(frame.bytes(), UTF_8));
      }
    }

    @Override
    public long pendingBytes() {
      return 0;
    }

    @Override
    public boolean isBehind() {
      return false;
    }
  }
}
