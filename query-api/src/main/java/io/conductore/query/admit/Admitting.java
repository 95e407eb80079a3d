package io.conductore.query.admit;

import io.conductore.query.door.AppendOutcome;
import io.conductore.query.door.FeedAppender;
import io.conductore.query.read.PositionGate;
import io.conductore.query.read.PositionToken;
import io.conductore.query.read.ReadOutcome;
import io.conductore.query.read.StoreReader;
import io.conductore.schemas.Feed;
import io.conductore.topology.admission.AdmissionOutcome;
import io.conductore.topology.admission.Ask;
import io.conductore.topology.handoff.AdmissionRecord;
import io.conductore.topology.handoff.AdmissionRecord.Admit;
import io.conductore.topology.state.StoreNames;
import java.time.Duration;
import java.util.Objects;

/**
 * One admission: a record on the log, and what the log comes to. The answer is released when the
 * record is folded, before that is committed: a replay of the same log comes to the same
 * (docs/decisions/0022-admissions-are-one-serial-log.md).
 */
final class Admitting {
  private static final Duration FOLD_MAX = Duration.ofSeconds(10);

  private final FeedAppender feeds;
  private final StoreReader reader;
  private final PositionGate gate;

  Admitting(FeedAppender feeds, StoreReader reader, PositionGate gate) {
    this.feeds = feeds;
    this.reader = reader;
    this.gate = gate;
  }

  AdmitAnswer admit(Admit admit) {
    return switch (feeds.append(Feed.ADMISSIONS, AdmissionRecord.BOOK, admit)) {
      case AppendOutcome.Appended(PositionToken position) -> folded(admit, position);
      case AppendOutcome.TooLarge tooLarge -> throw new IllegalStateException("an admit is small");
      case AppendOutcome.Unacknowledged(String why) -> new AdmitAnswer.Unknown(why);
    };
  }

  private AdmitAnswer folded(Admit admit, PositionToken position) {
    if (!gate.await(position, place -> true, FOLD_MAX)) {
      return new AdmitAnswer.Unknown("the book has not come to the request yet");
    }
    ReadOutcome<AdmissionOutcome> outcome = reader.get(
        Feed.ADMISSIONS,
        StoreNames.ADMISSIONS,
        AdmissionRecord.BOOK,
        Ask.id(admit.agentId(), admit.requestId()));
    return switch (outcome) {
      case ReadOutcome.Found<AdmissionOutcome>(AdmissionOutcome found, var at) ->
        answer(admit, found, at);
      case ReadOutcome.Absent<AdmissionOutcome> gone ->
        new AdmitAnswer.Unknown("the book has no answer");
      case ReadOutcome.Behind<AdmissionOutcome> behind ->
        new AdmitAnswer.Unknown("the stores are behind");
      case ReadOutcome.Unavailable<AdmissionOutcome>(String why, var retryAfter) ->
        new AdmitAnswer.Unknown(why);
    };
  }

  private static AdmitAnswer answer(Admit admit, AdmissionOutcome found, PositionToken at) {
    return switch (found) {
      case AdmissionOutcome.Reserved reserved
      when isFor(admit, reserved.ask()) -> new AdmitAnswer.Admitted(reserved, at);
      case AdmissionOutcome.Reserved other ->
        new AdmitAnswer.IdUsed("This requestId has reserved for a call of another size.");
      case AdmissionOutcome.Settled ended ->
        new AdmitAnswer.IdUsed("The call of this requestId has ended.");
      case AdmissionOutcome.Refused refused -> new AdmitAnswer.Refused(refused, at);
    };
  }

  /** Not by money: a price list that changed between two tries makes no other call of it. */
  private static boolean isFor(Admit admit, Ask ask) {
    return admit.tokens() == ask.amount().tokens() && Objects.equals(admit.issue(), ask.issue());
  }
}
