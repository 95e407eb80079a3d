package io.conductore.query.admit;

import io.conductore.query.read.PositionToken;
import io.conductore.topology.admission.AdmissionOutcome;

/** What asking for a model call can come to. Every case says what the caller should do next. */
sealed interface AdmitAnswer {

  /** 200: make the call. The same request again gives the same. */
  record Admitted(AdmissionOutcome.Reserved outcome, PositionToken position)
      implements AdmitAnswer {}

  /** 429: do not make the call. */
  record Refused(AdmissionOutcome.Refused outcome, PositionToken position) implements AdmitAnswer {}

  /** 409: the id was used for another call, or for one that has ended. Choose another. */
  record IdUsed(String why) implements AdmitAnswer {}

  /** 503: not known yet; asking again with the same id tells, and reserves nothing twice. */
  record Unknown(String why) implements AdmitAnswer {}
}
