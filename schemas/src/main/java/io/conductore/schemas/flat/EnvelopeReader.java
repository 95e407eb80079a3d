package io.conductore.schemas.flat;

import com.fasterxml.jackson.databind.JsonNode;
import io.conductore.schemas.EventType;
import io.conductore.schemas.Log;
import io.conductore.schemas.LogEvent;
import io.conductore.schemas.activity.AgentActivity;
import io.conductore.schemas.activity.TokenUsage;
import io.conductore.schemas.evidence.EventIds;
import io.conductore.schemas.lifecycle.IssueLifecycle;
import io.conductore.schemas.lifecycle.MilestoneComplete;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Reads the fields that every event has, and decides stream and time. */
final class EnvelopeReader {
  private final FlatReader fields;
  private final Reading reading;
  private boolean clamped;

  EnvelopeReader(FlatReader fields, Reading reading) {
    this.fields = fields;
    this.reading = reading;
  }

  FlatOutcome.Accepted read(EventType type, SpecificRecord payload) {
    // Answers of ours that a client may send back; the door decides them again.
    fields.take("streamId");
    fields.take("ordinal");
    fields.take("recordedAt");
    LogEvent event =
        type.log() == Log.ACTIVITY ? activity(type, payload) : lifecycle(type, payload);
    return new FlatOutcome.Accepted(event, clamped);
  }

  private LogEvent activity(EventType type, SpecificRecord payload) {
    AgentActivity envelope = new AgentActivity();
    Agent agent = agent(true);
    String agentId = agent.name() == null ? "" : agent.name();
    String sessionId = id("sessionId", false);
    envelope.setEventId(eventId(payload, sessionId));
    envelope.setType(type.wireName());
    envelope.setStreamId(agentId);
    envelope.setInstance(agent.instance());
    envelope.setOccurredAtMs(occurredAtMs());
    envelope.setRecordedAtMs(reading.recordedAtMs());
    envelope.setTenant(id("tenant", false));
    envelope.setPool(id("pool", false));
    envelope.setSource(source());
    envelope.setCausationId(id("causationId", false));
    envelope.setDepth(depth());
    envelope.setSessionId(sessionId);
    envelope.setRepo(repo(false));
    envelope.setIssueNumber(issueNumber(false));
    envelope.setLeaseToken(leaseToken());
    envelope.setPayload(payload);
    envelope.setExtra(fields.extra());
    return new LogEvent(Log.ACTIVITY, agentId, envelope.getEventId(), type, envelope);
  }

  private LogEvent lifecycle(EventType type, SpecificRecord payload) {
    IssueLifecycle envelope = new IssueLifecycle();
    Agent agent = agent(false);
    String given = repo(true);
    String repo = given == null ? "" : given;
    Integer issue = payload instanceof MilestoneComplete ? null : issueNumber(true);
    String stream = payload instanceof MilestoneComplete done
        ? repo + "#milestone/" + milestone(done)
        : repo + "#" + issue;
    envelope.setEventId(eventId());
    envelope.setType(type.wireName());
    envelope.setStreamId(stream);
    envelope.setAgentId(agent.name());
    envelope.setInstance(agent.instance());
    envelope.setOccurredAtMs(occurredAtMs());
    envelope.setRecordedAtMs(reading.recordedAtMs());
    envelope.setTenant(id("tenant", false));
    envelope.setPool(id("pool", false));
    envelope.setSource(source());
    envelope.setCausationId(id("causationId", false));
    envelope.setDepth(depth());
    envelope.setSessionId(id("sessionId", false));
    envelope.setRepo(repo);
    envelope.setIssueNumber(issue);
    envelope.setLeaseToken(leaseToken());
    envelope.setPayload(payload);
    envelope.setExtra(fields.extra());
    return new LogEvent(Log.LIFECYCLE, stream, envelope.getEventId(), type, envelope);
  }

  /** The two parts of dev-e-node/abc12. */
  private record Agent(@Nullable String name, @Nullable String instance) {}

  private Agent agent(boolean required) {
    String whole = id("agentId", required);
    if (whole == null) {
      return new Agent(null, null);
    }
    int slash = whole.indexOf('/');
    String name = slash < 0 ? whole : whole.substring(0, slash);
    String instance = slash < 0 ? "" : whole.substring(slash + 1);
    if (name.isBlank()) {
      fields.invalid("agentId", "agentId must name an agent before the slash.");
    }
    if (name.indexOf('#') >= 0) {
      fields.invalid("agentId", "agentId must not contain #: that is how streams of issues look.");
    }
    return new Agent(name, instance.isEmpty() ? null : instance);
  }

  /** Part of a key, so it is held to the rules of an id. */
  private @Nullable String milestone(MilestoneComplete done) {
    String name = done.getMilestone();
    if (name == null) {
      fields.invalid("milestone", "milestone is required.");
    } else if (!isId(name)) {
      fields.invalid("milestone", idExpected("milestone"));
    }
    return name;
  }

  /**
   * A model call that names its session and request and no id is the one that the session's
   * telemetry and transcript tell of, so that a proxy's record of it counts once with theirs.
   */
  private String eventId(SpecificRecord payload, @Nullable String sessionId) {
    String given = id("eventId", false);
    String request = payload instanceof TokenUsage call ? call.getRequestId() : null;
    if (given == null && sessionId != null && request != null) {
      return EventIds.of("TOKEN_USAGE", sessionId, request).toString();
    }
    return given == null ? reading.eventId().get() : given;
  }

  private String eventId() {
    String given = id("eventId", false);
    return given == null ? reading.eventId().get() : given;
  }

  /** A stage's own events are not to be forged: in place of such a name the door puts its own. */
  private @Nullable String source() {
    String given = id("source", false);
    return given == null || FlatLimits.SOURCES_OF_STAGES.contains(given) ? reading.source() : given;
  }

  private @Nullable String repo(boolean required) {
    String repo = id("repo", required);
    if (repo != null && repo.indexOf('#') >= 0) {
      fields.invalid("repo", "repo must not contain #, which separates it from the issue number.");
    }
    return repo;
  }

  /** Issues count from 1. Both clients of the original send 0 where they work on none. */
  private @Nullable Integer issueNumber(boolean required) {
    JsonNode node = fields.take("issueNumber");
    if (node == null) {
      if (required) {
        fields.invalid("issueNumber", "issueNumber is required.");
      }
      return null;
    }
    Optional<Long> number = FlatValues.whole(node, Integer.MAX_VALUE);
    boolean none = number.isPresent() && number.get() == 0;
    if (number.isEmpty() || (none && required)) {
      fields.invalid(
          "issueNumber",
          "issueNumber must be a whole number from 1 to %d.".formatted(Integer.MAX_VALUE));
    }
    return number.isEmpty() || none ? null : number.get().intValue();
  }

  private int depth() {
    JsonNode node = fields.take("depth");
    if (node == null) {
      return 0;
    }
    Optional<Long> depth = FlatValues.whole(node, FlatLimits.DEPTH_MAX);
    if (depth.isEmpty()) {
      fields.invalid(
          "depth",
          "depth must be a whole number from 0 to %d: a longer chain of causes is a loop."
              .formatted(FlatLimits.DEPTH_MAX));
    }
    return depth.orElse(0L).intValue();
  }

  private @Nullable Long leaseToken() {
    JsonNode node = fields.take("leaseToken");
    if (node == null) {
      return null;
    }
    Optional<Long> token = FlatValues.whole(node, Long.MAX_VALUE);
    if (token.isEmpty()) {
      fields.invalid("leaseToken", "leaseToken must be the number that the assignment gave.");
    }
    return token.orElse(null);
  }

  /**
   * The producer's time, or the door's where the producer's clock is missing or cannot be right.
   */
  private long occurredAtMs() {
    JsonNode node = fields.take("occurredAt");
    JsonNode alias = fields.take("timestamp");
    JsonNode given = node == null ? alias : node;
    if (given == null) {
      return reading.recordedAtMs();
    }
    Optional<Long> timeMs = FlatValues.timeMs(given);
    if (timeMs.isEmpty()) {
      String name = node == null ? "timestamp" : "occurredAt";
      fields.invalid(name, name + " must be " + Expectation.time() + ".");
      return reading.recordedAtMs();
    }
    return clamp(timeMs.get());
  }

  private long clamp(long occurredAtMs) {
    boolean ahead = occurredAtMs > reading.recordedAtMs() + FlatLimits.CLOCK_AHEAD_MAX.toMillis();
    boolean unset = occurredAtMs < FlatLimits.OCCURRED_AT_MS_MIN;
    clamped = ahead || unset;
    return clamped ? reading.recordedAtMs() : occurredAtMs;
  }

  private @Nullable String id(String name, boolean required) {
    JsonNode node = fields.take(name);
    if (node == null) {
      if (required) {
        fields.invalid(name, name + " is required.");
      }
      return null;
    }
    if (!node.isTextual() || !isId(node.textValue())) {
      fields.invalid(name, idExpected(name));
      return null;
    }
    return node.textValue();
  }

  private static boolean isId(String text) {
    return !text.isBlank()
        && text.length() <= FlatLimits.ID_CHARS_MAX
        && FlatValues.isPrintable(text);
  }

  private static String idExpected(String name) {
    return "%s must be a string of 1 to %d characters without control characters or line ends."
        .formatted(name, FlatLimits.ID_CHARS_MAX);
  }
}
