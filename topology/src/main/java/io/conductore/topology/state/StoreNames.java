package io.conductore.topology.state;

/** The stores by name. The names are an API: changelog topics carry them. */
public final class StoreNames {
  public static final String ACTIVITY_IDS = "activity-ids";
  public static final String ACTIVITY_STREAMS = "activity-streams";
  public static final String AGENTS = "agents";
  public static final String SESSIONS = "sessions";
  public static final String COSTS = "costs";
  public static final String METERED = "metered";
  public static final String COST_HOURS = "cost-hours";
  public static final String LIFECYCLE_IDS = "lifecycle-ids";
  public static final String LIFECYCLE_STREAMS = "lifecycle-streams";
  public static final String ISSUES = "issues";
  public static final String PULLS = "pulls";
  public static final String DISPATCH_ISSUES = "dispatch-issues";
  public static final String QUEUE = "queue";
  public static final String REVIEWS = "reviews";
  public static final String DISPATCH_AGENTS = "dispatch-agents";
  public static final String LEASES = "leases";
  public static final String CLAIMS = "claims";
  public static final String CURSORS = "cursors";
  public static final String INBOX = "inbox";
  public static final String INBOX_IDS = "inbox-ids";
  public static final String ESCALATIONS = "escalations";
  public static final String ESCALATION_SUBJECTS = "escalation-subjects";
  public static final String HANDED = "handed";
  public static final String GUARD_BLOCKS = "guard-blocks";
  public static final String ACCOUNTS = "accounts";
  public static final String ADMISSIONS = "admissions";
  public static final String ADMISSION_LIMITS = "admission-limits";
  public static final String ADMISSION_COPIED = "admission-copied";

  private StoreNames() {}
}
