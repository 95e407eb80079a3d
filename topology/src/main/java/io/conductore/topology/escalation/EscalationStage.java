package io.conductore.topology.escalation;

import io.conductore.schemas.EventCatalog;
import io.conductore.schemas.Feed;
import io.conductore.schemas.activity.AgentActivity;
import io.conductore.schemas.activity.AgentReleased;
import io.conductore.schemas.lifecycle.EscalationAcknowledged;
import io.conductore.schemas.lifecycle.IssueLifecycle;
import io.conductore.topology.handoff.CauseRecord;
import io.conductore.topology.handoff.Causes;
import io.conductore.topology.handoff.Handoff;
import io.conductore.topology.handoff.Sources;
import io.conductore.topology.head.EventIdKey;
import io.conductore.topology.head.EventRefused;
import io.conductore.topology.head.FeedStage;
import io.conductore.topology.head.Outlets;
import io.conductore.topology.state.StoreNames;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Folds causes into escalations and tells rig.escalations. Store writes a record: one of
 * escalation-subjects, and one of escalations for each that changes. The clock only asks: it hands
 * on a Due record, and the fold goes by that record's time.
 */
public final class EscalationStage implements FeedStage<CauseRecord> {
  /** How often to look for what is due. */
  static final Duration DUE_LOOK = Duration.ofSeconds(5);

  /** Longer than a Due record takes to be folded. */
  static final Duration ASK_AGAIN = Duration.ofSeconds(60);

  private static final Pattern ISSUE = Pattern.compile("(.+)#(\\d{1,9})");

  private final EscalationFold fold;
  private @Nullable Life life;

  /** @param waiting when to ask next, by subject; made anew from the store when the task begins */
  private record Life(
      KeyValueStore<String, SubjectState> subjects,
      KeyValueStore<String, Escalation> escalations,
      Map<String, Waiting> waiting,
      Outlets outlets) {}

  private record Waiting(CauseRecord.Subject subject, long askAtMs) {}

  public EscalationStage(EscalationRules rules) {
    this.fold = new EscalationFold(rules);
  }

  @Override
  public Feed feed() {
    return Feed.CAUSES;
  }

  @Override
  public Class<CauseRecord> type() {
    return CauseRecord.class;
  }

  @Override
  public void open(ProcessorContext<byte[], byte[]> context, Outlets outlets) {
    KeyValueStore<String, SubjectState> subjects =
        context.getStateStore(StoreNames.ESCALATION_SUBJECTS);
    KeyValueStore<String, Escalation> escalations = context.getStateStore(StoreNames.ESCALATIONS);
    life = new Life(subjects, escalations, new HashMap<>(), outlets);
    try (KeyValueIterator<String, SubjectState> all = subjects.all()) {
      while (all.hasNext()) {
        KeyValue<String, SubjectState> entry = all.next();
        wait(entry.value);
      }
    }
    context.schedule(DUE_LOOK, PunctuationType.WALL_CLOCK_TIME, this::askForDue);
  }

  @Override
  public void fold(CauseRecord record, Place place) {
    String key = record.subject().key();
    if (!key.equals(place.key())) {
      throw new EventRefused("the key must be the subject");
    }
    SubjectState known = life().subjects().get(key);
    SubjectState before = known == null ? SubjectState.of(record.subject()) : known;
    EscalationFold.Folded folded = fold.apply(before, record, place.timeMs());
    if (!folded.subject().equals(before)) {
      life().subjects().put(key, folded.subject());
    }
    wait(folded.subject());
    folded.changes().forEach(change -> carryOut(change, place.timeMs()));
    folded.changes().forEach(change -> release(change, place.timeMs()));
    if (record instanceof CauseRecord.Seen) {
      folded.changes().forEach(change -> putOnRecord(change, place.timeMs()));
    }
  }

  private void carryOut(Change change, long timeMs) {
    switch (change) {
      case Change.News news -> {
        life().escalations().put(news.escalation().id(), news.escalation());
        byte[] json = Handoff.bytes(Publication.of(news, timeMs));
        life().outlets().escalation(news.escalation().id(), json);
      }
      case Change.Kept(Escalation escalation) ->
        life().escalations().put(escalation.id(), escalation);
      case Change.Forgotten(String id) -> life().escalations().delete(id);
    }
  }

  /** Whoever looks after a stuck agent gives it work again (AGENT_RELEASED). */
  private void release(Change change, long timeMs) {
    if (change instanceof Change.News(Escalation escalation, Change.Told told)
        && told == Change.Told.ACKNOWLEDGED
        && Causes.STUCK.equals(escalation.cause())) {
      String agentId = escalation.subject().agentId();
      if (agentId != null) {
        life().outlets().event(released(agentId, escalation, timeMs));
      }
    }
  }

  private static AgentActivity released(String agentId, Escalation escalation, long timeMs) {
    var payload = new AgentReleased("acknowledged", null, escalation.acknowledgedBy());
    AgentActivity event = new AgentActivity();
    event.setEventId(EventIdKey.derived("released|" + escalation.id()));
    event.setType(EventCatalog.ofPayload(payload.getSchema()).wireName());
    event.setStreamId(agentId);
    event.setOccurredAtMs(timeMs);
    event.setRecordedAtMs(timeMs);
    event.setSource(Sources.ESCALATION);
    event.setDepth(1);
    event.setPayload(payload);
    return event;
  }

  /** What the API was told about an issue belongs into the issue's stream. */
  private void putOnRecord(Change change, long timeMs) {
    if (change instanceof Change.News(Escalation escalation, Change.Told told)
        && told == Change.Told.ACKNOWLEDGED) {
      acknowledgement(escalation, timeMs).ifPresent(life().outlets()::event);
    }
  }

  private static Optional<IssueLifecycle> acknowledgement(Escalation escalation, long timeMs) {
    String issue = escalation.subject().issue();
    Matcher parts = ISSUE.matcher(issue == null ? "" : issue);
    if (issue == null || !parts.matches()) {
      return Optional.empty();
    }
    var payload = new EscalationAcknowledged(escalation.id(), escalation.acknowledgedBy());
    IssueLifecycle event = new IssueLifecycle();
    event.setEventId(EventIdKey.derived("acknowledged|" + escalation.id()));
    event.setType(EventCatalog.ofPayload(payload.getSchema()).wireName());
    event.setStreamId(issue);
    event.setOccurredAtMs(timeMs);
    event.setRecordedAtMs(timeMs);
    event.setSource(Sources.ESCALATION);
    event.setDepth(1);
    event.setRepo(parts.group(1));
    event.setIssueNumber(Integer.valueOf(parts.group(2)));
    event.setPayload(payload);
    return Optional.of(event);
  }

  private void wait(SubjectState subject) {
    String key = subject.subject().key();
    if (subject.dueAtMs() == Escalation.NEVER_MS) {
      life().waiting().remove(key);
    } else {
      life().waiting().put(key, new Waiting(subject.subject(), subject.dueAtMs()));
    }
  }

  private void askForDue(long nowMs) {
    life().waiting().replaceAll((key, waiting) -> {
      if (waiting.askAtMs() > nowMs) {
        return waiting;
      }
      life().outlets().cause(new CauseRecord.Due(waiting.subject()));
      return new Waiting(waiting.subject(), nowMs + ASK_AGAIN.toMillis());
    });
  }

  private Life life() {
    Life now = life;
    if (now == null) {
      throw new IllegalStateException("not open");
    }
    return now;
  }
}
