package io.conductore.topology.lifecycle;

import io.conductore.schemas.Log;
import io.conductore.schemas.lifecycle.IssueLifecycle;
import io.conductore.topology.head.LogHead;
import io.conductore.topology.head.Outlets;
import io.conductore.topology.head.Stage;
import io.conductore.topology.head.StreamKey;
import io.conductore.topology.state.StateCache;
import io.conductore.topology.state.StoreNames;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Appends each event to its issue's stream. Store writes an event: ids, streams, issues. */
public final class LifecycleStage implements Stage<IssueLifecycle> {
  private static final int ISSUES_DECODED_MAX = 5_000;

  private @Nullable StateCache<String, IssueStream> issues;

  @Override
  public Log log() {
    return Log.LIFECYCLE;
  }

  @Override
  public void open(ProcessorContext<byte[], byte[]> context, Outlets outlets) {
    KeyValueStore<String, IssueStream> store = context.getStateStore(StoreNames.ISSUES);
    issues = new StateCache<>(store, ISSUES_DECODED_MAX);
  }

  @Override
  public Arrival arrival(IssueLifecycle event) {
    return new Arrival(event.getEventId(), event.getStreamId(), event.getType());
  }

  @Override
  public void fold(IssueLifecycle event, byte[] idKey, byte[] value, LogHead head) {
    StateCache<String, IssueStream> states = issues;
    if (states == null) {
      throw new IllegalStateException("not open");
    }
    String stream = event.getStreamId();
    IssueStream before = states.get(stream);
    IssueStream after =
        (before == null ? IssueStream.opening(stream) : before).apply(event.getOccurredAtMs());
    StreamKey place = new StreamKey(stream, after.ordinal());
    head.append(idKey, place, event.getRecordedAtMs(), value);
    states.put(stream, after);
  }
}
