package org.marketanalytics.simulator.feed;

import java.util.BitSet;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import org.marketanalytics.simulator.market.Channel;

/**
 * What somebody subscribed to: symbols by their number in {@link Symbols}, or a whole channel.
 * Never changes.
 */
final class Subscriptions {
  static final Subscriptions NONE = new Subscriptions(new EnumMap<>(Channel.class));

  private final Map<Channel, Wanted> channels;

  private Subscriptions(Map<Channel, Wanted> channels) {
    this.channels = channels;
  }

  /** The symbols of a channel; {@code everything} stands for {@code *}. */
  private record Wanted(boolean everything, BitSet symbols) {
    static final Wanted NOTHING = new Wanted(false, new BitSet(0));

    boolean nothing() {
      return !everything && symbols.isEmpty();
    }

    Wanted withEverything(boolean wanted) {
      return new Wanted(wanted, symbols);
    }

    Wanted copy() {
      return new Wanted(everything, (BitSet) symbols.clone());
    }

    Wanted or(Wanted other) {
      Wanted both = withEverything(everything || other.everything).copy();
      both.symbols.or(other.symbols);
      return both;
    }
  }

  static Subscriptions union(Collection<Subscriptions> all) {
    Map<Channel, Wanted> union = new EnumMap<>(Channel.class);
    for (Subscriptions one : all) {
      one.channels.forEach((channel, wanted) -> union.merge(channel, wanted, Wanted::or));
    }
    return new Subscriptions(union);
  }

  boolean isEmpty() {
    return channels.isEmpty();
  }

  boolean matches(Channel channel, int symbol) {
    Wanted wanted = channels.get(channel);
    return wanted != null && (wanted.everything() || wanted.symbols().get(symbol));
  }

  /** Changes of one message of a client, taken together. */
  static final class Change {
    private final Map<Channel, Wanted> channels = new EnumMap<>(Channel.class);

    Change(Subscriptions from) {
      from.channels.forEach((channel, wanted) -> channels.put(channel, wanted.copy()));
    }

    void setEverything(Channel channel, boolean wanted) {
      channels.put(channel, of(channel).withEverything(wanted));
    }

    void set(Channel channel, int symbol, boolean wanted) {
      of(channel).symbols().set(symbol, wanted);
    }

    Subscriptions done() {
      channels.values().removeIf(Wanted::nothing);
      return new Subscriptions(channels);
    }

    private Wanted of(Channel channel) {
      return channels.computeIfAbsent(channel, none -> Wanted.NOTHING.copy());
    }
  }
}
