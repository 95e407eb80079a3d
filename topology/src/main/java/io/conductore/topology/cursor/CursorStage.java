package io.conductore.topology.cursor;

import io.conductore.schemas.Feed;
import io.conductore.schemas.flat.FlatLimits;
import io.conductore.topology.handoff.InboxRecord;
import io.conductore.topology.head.EventRefused;
import io.conductore.topology.head.FeedStage;
import io.conductore.topology.head.Outlets;
import io.conductore.topology.head.StreamKey;
import io.conductore.topology.state.StateCache;
import io.conductore.topology.state.StoreNames;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Puts what agents subscribed to into their inboxes. An event comes to every partition, and each
 * serves the agents that it has a cursor of: those are the ones that its keys belong to.
 *
 * <p>Store writes an event and subscriber: cursors, inbox and inbox-ids, and as many deletions once
 * the inbox is full.
 */
public final class CursorStage implements FeedStage<InboxRecord> {
  private static final int CURSORS_DECODED_MAX = 5_000;

  private @Nullable Life life;

  private record Life(StateCache<String, Cursor> cursors, Inbox inbox, Audience audience) {}

  @Override
  public Feed feed() {
    return Feed.INBOX;
  }

  @Override
  public Class<InboxRecord> type() {
    return InboxRecord.class;
  }

  @Override
  public void open(ProcessorContext<byte[], byte[]> context, Outlets outlets) {
    KeyValueStore<String, Cursor> cursors = context.getStateStore(StoreNames.CURSORS);
    KeyValueStore<StreamKey, InboxEntry> entries = context.getStateStore(StoreNames.INBOX);
    KeyValueStore<InboxId, Long> ids = context.getStateStore(StoreNames.INBOX_IDS);
    Audience audience = new Audience();
    try (KeyValueIterator<String, Cursor> all = cursors.all()) {
      while (all.hasNext()) {
        KeyValue<String, Cursor> entry = all.next();
        audience.add(entry.value);
      }
    }
    life =
        new Life(new StateCache<>(cursors, CURSORS_DECODED_MAX), new Inbox(entries, ids), audience);
  }

  @Override
  public void fold(InboxRecord record, Place place) {
    switch (record) {
      case InboxRecord.Event event -> {
        for (String agentId : recipients(event)) {
          queue(cursor(agentId), entry(event, place.timeMs()));
        }
      }
      case InboxRecord.Notice notice -> {
        Cursor cursor = cursor(owner(notice.agentId(), place));
        String data = String.valueOf(notice.data());
        queue(
            cursor, InboxEntry.queued(notice.noticeId(), notice.type(), "", data, place.timeMs()));
      }
      case InboxRecord.Subscribed said ->
        subscribe(cursor(owner(said.agentId(), place)), Subscription.of(said));
      case InboxRecord.Delivered delivered -> {
        Cursor before = cursor(owner(delivered.agentId(), place));
        Cursor after = before.delivered(delivered.ordinal());
        if (!after.equals(before)) {
          life().inbox().deliver(before, after, place.timeMs());
          life().cursors().put(after.agentId(), after);
        }
      }
      case InboxRecord.Acknowledged acknowledged -> {
        Cursor before = cursor(owner(acknowledged.agentId(), place));
        Cursor after = before.acknowledged(acknowledged.ordinal());
        if (!after.equals(before)) {
          life().inbox().acknowledge(before, after, place.timeMs());
          life().cursors().put(after.agentId(), after);
        }
      }
    }
  }

  /** A holder whose cursor is not here is served by its own partition, or never subscribed. */
  private Set<String> recipients(InboxRecord.Event event) {
    Set<String> recipients = new TreeSet<>(life().audience().of(event.type()));
    for (String holder : event.holders()) {
      Cursor cursor = life().cursors().get(holder);
      if (cursor != null && cursor.subscription().types().contains(event.type())) {
        recipients.add(holder);
      }
    }
    return recipients;
  }

  private void queue(Cursor before, InboxEntry entry) {
    if (!life().inbox().has(before.agentId(), entry.eventId())) {
      Cursor after = before.queued();
      life().inbox().add(before, after, entry);
      life().cursors().put(after.agentId(), after);
    }
  }

  private void subscribe(Cursor before, Subscription said) {
    if (!before.subscription().equals(said)) {
      Cursor after = before.subscribed(said);
      life().audience().remove(before);
      life().audience().add(after);
      life().cursors().put(after.agentId(), after);
    }
  }

  private Cursor cursor(String agentId) {
    Cursor known = life().cursors().get(agentId);
    return known == null ? Cursor.opening(agentId) : known;
  }

  private static InboxEntry entry(InboxRecord.Event event, long atMs) {
    return InboxEntry.queued(
        event.eventId(), event.type(), event.streamId(), event.data().toString(), atMs);
  }

  /** A key that names another agent would put its cursor on a partition that does not own it. */
  private static String owner(String agentId, Place place) {
    boolean good = agentId.equals(place.key())
        && agentId.indexOf('\0') < 0
        && agentId.length() <= FlatLimits.STREAM_ID_CHARS_MAX;
    if (!good) {
      throw new EventRefused("the key must be the agent, a text of at most "
          + FlatLimits.STREAM_ID_CHARS_MAX + " characters");
    }
    return agentId;
  }

  private Life life() {
    Life now = life;
    if (now == null) {
      throw new IllegalStateException("not open");
    }
    return now;
  }
}
