package io.conductore.query.claim;

import io.conductore.query.read.PositionToken;
import io.conductore.topology.dispatch.ClaimOutcome;
import io.conductore.topology.dispatch.Reason;

/** What asking for work can come to. Every case says what the caller should do next. */
sealed interface ClaimAnswer {

  /** 200: work on it. Repeating the claim with the same key gives the same. */
  record Given(ClaimOutcome outcome, String key, PositionToken position) implements ClaimAnswer {}

  /** 204: come again when the reason may be gone. */
  record Nothing(Reason reason, PositionToken position) implements ClaimAnswer {}

  /**
   * 503: whether something was assigned is not known yet; repeating the claim with this key tells.
   */
  record Unknown(String why, String key) implements ClaimAnswer {}
}
