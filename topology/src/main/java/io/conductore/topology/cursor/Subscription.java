package io.conductore.topology.cursor;

import io.conductore.topology.handoff.InboxRecord;
import io.conductore.topology.state.Clip;
import java.util.List;

/**
 * What an agent wants to hear of.
 *
 * @param all true for every issue, false for the ones that it holds
 */
public record Subscription(List<String> types, boolean all, int slots) {
  static final Subscription NONE = new Subscription(List.of(), false, 1);

  public Subscription {
    types = List.copyOf(types);
  }

  static Subscription of(InboxRecord.Subscribed said) {
    return new Subscription(Clip.texts(said.types()), said.all(), said.slots());
  }
}
