package io.conductore.topology.cursor;

import io.conductore.topology.head.StreamKey;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The entries of the agents of one partition, kept as their cursors say. Not thread-safe.
 *
 * @param ids the ordinal of each kept entry by event
 */
record Inbox(KeyValueStore<StreamKey, InboxEntry> entries, KeyValueStore<InboxId, Long> ids) {

  boolean has(String agentId, String eventId) {
    return ids.get(InboxId.of(agentId, eventId)) != null;
  }

  void add(Cursor before, Cursor after, InboxEntry entry) {
    String agentId = after.agentId();
    entries.put(new StreamKey(agentId, after.lastQueued()), entry);
    ids.put(InboxId.of(agentId, entry.eventId()), after.lastQueued());
    drop(before, after);
  }

  void deliver(Cursor before, Cursor after, long atMs) {
    for (long at = Math.max(before.delivered() + 1, after.first()); at <= after.delivered(); at++) {
      StreamKey key = new StreamKey(after.agentId(), at);
      entries.put(key, kept(key).delivered(atMs));
    }
  }

  void acknowledge(Cursor before, Cursor after, long atMs) {
    long from = Math.max(before.acknowledged() + 1, after.first());
    for (long at = from; at <= after.acknowledged(); at++) {
      StreamKey key = new StreamKey(after.agentId(), at);
      entries.put(key, kept(key).acknowledged(atMs));
    }
    drop(before, after);
  }

  private void drop(Cursor before, Cursor after) {
    for (long at = before.first(); at < after.first(); at++) {
      StreamKey key = new StreamKey(after.agentId(), at);
      ids.delete(InboxId.of(after.agentId(), kept(key).eventId()));
      entries.delete(key);
    }
  }

  private InboxEntry kept(StreamKey key) {
    InboxEntry entry = entries.get(key);
    if (entry == null) {
      throw new IllegalStateException("the inbox has no entry " + key.ordinal());
    }
    return entry;
  }
}
