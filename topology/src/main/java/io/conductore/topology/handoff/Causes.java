package io.conductore.topology.handoff;

/** Why somebody should look, as rules, answers and rig.escalations spell it. */
public final class Causes {
  public static final String STUCK = "stuck";
  public static final String BUDGET_EXCEEDED = "budget-exceeded";
  public static final String SILENCE = "silence";
  public static final String GUARD_STORM = "guard-storm";
  public static final String GUARD_FAILED_OPEN = "guard-failed-open";
  public static final String TWO_STRIKES = "two-strikes";
  public static final String CI_ROUNDS = "ci-rounds";
  public static final String REVIEW_LOOP = "review-loop";
  public static final String HUMAN_GATE = "human-gate";
  public static final String SMOKE_FAILED = "smoke-failed";
  public static final String REPORTED = "reported";

  private Causes() {}
}
