package io.conductore.topology.lifecycle;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The table of the model: which words go together. */
final class IssueTable {
  /** Which phases each type may meet. */
  static final Map<String, Set<String>> LEGAL = legal();

  static final Set<String> NOTES = Set.of(
      "HUMAN_GATE_REMINDER",
      "MILESTONE_COMPLETE",
      "ESCALATION_ACKNOWLEDGED",
      "ASSIGNMENT_REFUSED",
      "REVIEW_LOOP_EXCEEDED");
  static final Set<String> AUTHORS = Set.of("WORK_STARTED", "BRANCH_CREATED", "PR_CREATED");
  static final Set<String> FREE = Set.of("ISSUE_APPROVED", "ISSUE_ASSIGNED", "REVIEW_ASSIGNED");

  private IssueTable() {}

  private static Map<String, Set<String>> legal() {
    Map<String, Set<String>> legal = new LinkedHashMap<>();
    legal.put("ISSUE_APPROVED", Set.of("unknown", "queued", "failed"));
    legal.put("ISSUE_ASSIGNED", Set.of("queued"));
    legal.put("ISSUE_UNASSIGNED", Set.of("assigned", "in_progress", "in_review"));
    legal.put("LEASE_EXPIRED", Set.of("assigned", "in_progress", "in_review"));
    legal.put("WORK_STARTED", Set.of("assigned", "in_progress"));
    legal.put("BRANCH_CREATED", Set.of("assigned", "in_progress"));
    legal.put("PR_CREATED", Set.of("assigned", "in_progress", "in_review"));
    legal.put("CI_PASSED", Set.of("in_progress", "in_review"));
    legal.put("CI_FAILED", Set.of("in_progress", "in_review"));
    legal.put("REVIEW_ASSIGNED", Set.of("in_progress", "in_review"));
    legal.put("REVIEW_PASSED", Set.of("in_review"));
    legal.put("REVIEW_DISPUTED", Set.of("in_review"));
    legal.put("HUMAN_GATE_TRIGGERED", Set.of("assigned", "in_progress", "in_review"));
    legal.put("MERGED", Set.of("in_progress", "in_review"));
    for (String step : List.of(
        "DEPLOYED_STAGING",
        "SMOKE_PASSED",
        "SMOKE_FAILED",
        "DEPLOYED_PRODUCTION",
        "VERIFIED",
        "ISSUE_DONE")) {
      legal.put(step, Set.of("deploying"));
    }
    legal.put("ESCALATED", Set.of("queued", "assigned", "in_progress", "in_review", "deploying"));
    legal.put(
        "ISSUE_WITHDRAWN",
        Set.of("queued", "assigned", "in_progress", "in_review", "deploying", "failed"));
    return legal;
  }
}
