package io.conductore.topology.lifecycle;

import io.conductore.schemas.EventCatalog;
import io.conductore.schemas.EventType;
import io.conductore.schemas.Log;
import io.conductore.schemas.lifecycle.IssueLifecycle;
import io.conductore.topology.RigDriver;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Random ways of an issue, the same for the same seed: most events fit where the model stands, some
 * are anything, and some come twice.
 */
final class IssueMix {
  private static final List<String> AGENTS = List.of("dev-a", "dev-b", "rev-c");
  private static final List<String> TYPES = EventCatalog.all().stream()
      .filter(type -> type.log() == Log.LIFECYCLE)
      .map(EventType::wireName)
      .filter(type -> !type.equals("MILESTONE_COMPLETE"))
      .toList();

  /** Each way likes one of them, so that limits are reached. */
  private static final List<String> LOOPS =
      List.of("REVIEW_DISPUTED", "CI_FAILED", "SMOKE_FAILED", "PR_CREATED", "MERGED");

  private static final List<String> RARE = List.of(
      "ISSUE_WITHDRAWN", "ESCALATED", "ISSUE_UNASSIGNED", "LEASE_EXPIRED", "MERGED", "CI_FAILED");

  private final Random random;
  private final String issue;
  private final IssueModel model = new IssueModel();
  private final String favourite;
  private int made;

  IssueMix(long seed, int issueNumber) {
    this.random = new Random(seed * 31 + issueNumber);
    this.issue = "o/r#" + issueNumber;
    this.favourite = any(LOOPS);
  }

  boolean oneIn(int times) {
    return random.nextInt(times) == 0;
  }

  /** Distinct and repeated events in the order of delivery. */
  List<IssueLifecycle> deliveries(int count) {
    List<IssueLifecycle> all = new ArrayList<>();
    while (all.size() < count) {
      IssueLifecycle next =
          !all.isEmpty() && oneIn(8) ? all.get(random.nextInt(all.size())) : event();
      model.deliver(next);
      all.add(next);
    }
    return all;
  }

  private IssueLifecycle event() {
    String type = oneIn(5) ? any(TYPES) : fitting();
    EventType known = EventCatalog.byWireName(type).orElseThrow();
    SpecificRecord payload = known.newPayload();
    fill(payload);
    IssueLifecycle event = new IssueLifecycle();
    event.setEventId(issue + "-" + made++);
    event.setType(type);
    event.setStreamId(issue);
    event.setRepo("o/r");
    event.setIssueNumber(Integer.parseInt(issue.substring(issue.indexOf('#') + 1)));
    event.setOccurredAtMs(RigDriver.START.toEpochMilli() + made * 1_000L - random.nextInt(3_000));
    event.setRecordedAtMs(RigDriver.START.toEpochMilli() + made * 1_000L);
    event.setAgentId(agent());
    event.setLeaseToken(token(type));
    event.setSource(source(type));
    event.setPayload(payload);
    event.setExtra(extra());
    return event;
  }

  private String fitting() {
    List<String> fit = IssueTable.LEGAL.entrySet().stream()
        .filter(entry -> entry.getValue().contains(model.phase))
        .map(Map.Entry::getKey)
        .filter(type -> !RARE.contains(type) || type.equals(favourite) || oneIn(6))
        .toList();
    if (fit.contains(favourite) && oneIn(2)) {
      return favourite;
    }
    return fit.isEmpty() ? any(TYPES) : any(fit);
  }

  private void fill(SpecificRecord payload) {
    for (Schema.Field field : payload.getSchema().getFields()) {
      Object value = switch (field.name()) {
        case "prNumber" -> oneIn(3) ? null : model.pr == 0 || oneIn(4) ? below(3) : model.pr;
        case "attempt" -> oneIn(3) ? below(5) : null;
        case "maxRetries" -> oneIn(4) ? below(4) : null;
        case "title" -> oneIn(3) ? null : "title " + below(9);
        case "priority" -> oneIn(3) ? null : any(List.of("low", "normal", "high", "critical"));
        case "reason" -> oneIn(2) ? null : "because " + below(9);
        case "dependsOn" -> oneIn(2) ? List.of() : List.of(1 + below(5));
        case "rounds" -> 3;
        default -> field.schema().getType() == Schema.Type.ARRAY ? List.of() : null;
      };
      payload.put(field.pos(), value);
    }
  }

  private @Nullable Map<String, String> extra() {
    if (oneIn(2)) {
      return null;
    }
    Map<String, String> extra = new HashMap<>();
    extra.put("headSha", oneIn(6) ? "\"older\"" : "\"newest\"");
    if (oneIn(2)) {
      extra.put("checkSuite", oneIn(2) ? "\"s1\"" : "\"s2\"");
    }
    return extra;
  }

  private @Nullable String agent() {
    if (oneIn(4)) {
      return null;
    }
    boolean holders = model.holder != null && !oneIn(3);
    return holders ? model.holder : any(AGENTS);
  }

  private @Nullable Long token(String type) {
    if (type.endsWith("_ASSIGNED")) {
      return oneIn(3) ? null : (long) made;
    }
    return switch (random.nextInt(8)) {
      case 0 -> (long) below(made + 1);
      case 1, 2 -> model.token;
      case 3 -> model.reviewToken;
      default -> null;
    };
  }

  private String source(String type) {
    return switch (type) {
      case "ISSUE_ASSIGNED", "LEASE_EXPIRED", "REVIEW_ASSIGNED" -> oneIn(2) ? "dispatch" : "api";
      case "ESCALATED" -> any(List.of("dispatch", "escalation", "api"));
      default -> "api";
    };
  }

  private int below(int bound) {
    return random.nextInt(bound);
  }

  private <T> T any(List<T> some) {
    return some.get(random.nextInt(some.size()));
  }
}
