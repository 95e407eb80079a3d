package io.conductore.topology.lifecycle;

import io.conductore.schemas.Log;
import io.conductore.schemas.lifecycle.IssueLifecycle;
import io.conductore.schemas.lifecycle.PrCreated;
import io.conductore.topology.head.EventRefused;
import io.conductore.topology.head.LogHead;
import io.conductore.topology.head.Mark;
import io.conductore.topology.head.Outlets;
import io.conductore.topology.head.Stage;
import io.conductore.topology.head.StreamKey;
import io.conductore.topology.state.StateCache;
import io.conductore.topology.state.StoreNames;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Moves each issue by its events, keeps those that do not fit with a mark, and says what follows.
 * Store writes an event: ids, streams, issues, and pulls for a pull request.
 */
public final class LifecycleStage implements Stage<IssueLifecycle> {
  private static final int ISSUES_DECODED_MAX = 5_000;

  private final LifecycleFold fold;
  private @Nullable Life life;

  private record Life(
      StateCache<String, IssueState> issues, KeyValueStore<PullKey, Long> pulls, Outlets outlets) {}

  public LifecycleStage(LifecycleLimits limits) {
    this.fold = new LifecycleFold(limits);
  }

  @Override
  public Log log() {
    return Log.LIFECYCLE;
  }

  @Override
  public void open(ProcessorContext<byte[], byte[]> context, Outlets outlets) {
    KeyValueStore<String, IssueState> issues = context.getStateStore(StoreNames.ISSUES);
    KeyValueStore<PullKey, Long> pulls = context.getStateStore(StoreNames.PULLS);
    life = new Life(new StateCache<>(issues, ISSUES_DECODED_MAX), pulls, outlets);
  }

  @Override
  public Arrival arrival(IssueLifecycle event) {
    return new Arrival(event.getEventId(), event.getStreamId(), event.getType());
  }

  @Override
  public void fold(IssueLifecycle event, byte[] idKey, byte[] value, LogHead head) {
    Life now = life();
    String stream = event.getStreamId();
    IssueState known = now.issues().get(stream);
    IssueState before = known == null ? IssueState.opening(stream) : known;
    Step step = step(before, event);
    LifecycleFold.After after = step.after();

    long ordinal = after.issue().tail().ordinal();
    StreamKey place = new StreamKey(stream, ordinal);
    head.append(idKey, place, event.getRecordedAtMs(), after.mark().before(value));
    now.issues().put(stream, after.issue());
    Integer issueNumber = event.getIssueNumber();
    if (event.getPayload() instanceof PrCreated opened
        && after.mark() == Mark.NONE
        && opened.getPrNumber() != null
        && issueNumber != null) {
      now.pulls().put(new PullKey(event.getRepo(), opened.getPrNumber(), issueNumber), ordinal);
    }
    step.consequences().sendTo(now.outlets(), after.issue().brief().pool());
  }

  private record Step(LifecycleFold.After after, Consequences consequences) {}

  /** What the fold throws once it throws on every replay: that must cost one event. */
  private Step step(IssueState before, IssueLifecycle event) {
    try {
      LifecycleFold.After after = fold.apply(before, event);
      return new Step(after, Consequences.of(before, after, event));
    } catch (RuntimeException bug) {
      throw new EventRefused("the fold failed: " + bug, bug);
    }
  }

  private Life life() {
    Life now = life;
    if (now == null) {
      throw new IllegalStateException("not open");
    }
    return now;
  }
}
