package io.conductore.query;

import io.conductore.query.door.AppendOutcome;
import io.conductore.query.http.JsonBody;
import io.conductore.query.http.Params;
import io.conductore.query.http.Problem;
import io.conductore.query.http.ProblemException;
import io.conductore.query.read.EscalationView;
import io.conductore.query.read.PositionToken;
import io.conductore.query.read.Questions;
import io.conductore.query.read.ReadOutcome;
import io.conductore.query.read.StoreReader;
import io.conductore.schemas.Feed;
import io.conductore.topology.escalation.Escalation;
import io.conductore.topology.escalation.Severity;
import io.conductore.topology.handoff.CauseRecord;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The routes of escalations: who should look at what, and that somebody has. */
final class EscalationReads {
  private static final Duration RETRY = Duration.ofSeconds(1);

  /** Longer than any transaction of another stage that stands before it on the feed. */
  private static final Duration FOLD_MAX = Duration.ofSeconds(10);

  private static final Comparator<Escalation> LOUDEST_FIRST =
      Comparator.comparing(Escalation::severity).thenComparingLong(Escalation::openedAtMs);

  private final Supplier<Backbone> backbone;

  /** A list over all partitions, and whether it is all there is. */
  private record Escalations(List<EscalationView> escalations, boolean complete) {}

  EscalationReads(Supplier<Backbone> backbone) {
    this.backbone = backbone;
  }

  /** Open ones, acknowledged or not, unless state=all. */
  void escalations(Context ctx) {
    boolean all = isAll(ctx);
    Optional<Severity> severity = Params.text(ctx, "severity").map(EscalationReads::severity);
    Asking.all(ctx, backbone.get(), Feed.CAUSES)
        .answer(
            Questions::escalations,
            found -> new Escalations(views(found, all, severity), found.complete()));
  }

  void escalation(Context ctx) {
    String id = Params.path(ctx, "id");
    Asking.all(ctx, backbone.get(), Feed.CAUSES)
        .answer(questions -> questions.escalation(id), EscalationView::of);
  }

  /** Whoever was first counts; again, and when it is over, it changes nothing. */
  void acknowledge(Context ctx) {
    Backbone now = backbone.get();
    String id = Params.path(ctx, "id");
    String by = JsonBody.of(ctx).text("by").orElse(null);
    Asking.all(ctx, now, Feed.CAUSES)
        .answer(
            questions -> Questions.then(
                questions.escalation(id),
                escalation -> escalation.isAcknowledged() || escalation.isClosed()
                    ? questions.escalation(id)
                    : acknowledged(now, escalation, by)),
            EscalationView::of);
  }

  private static ReadOutcome<Escalation> acknowledged(
      Backbone now, Escalation escalation, @Nullable String by) {
    CauseRecord.Subject subject = escalation.subject();
    CauseRecord.Seen seen = new CauseRecord.Seen(subject, escalation.id(), by);
    return switch (now.feeds().append(Feed.CAUSES, subject.key(), seen)) {
      case AppendOutcome.Appended(PositionToken position) ->
        now.gate().await(position, place -> true, FOLD_MAX)
            ? now.questions().escalation(escalation.id())
            : new ReadOutcome.Behind<>(RETRY);
      case AppendOutcome.TooLarge tooLarge ->
        throw new IllegalStateException("an acknowledgement is small");
      case AppendOutcome.Unacknowledged(String why) -> new ReadOutcome.Unavailable<>(why, RETRY);
    };
  }

  private static List<EscalationView> views(
      StoreReader.Rows<String, Escalation> found, boolean all, Optional<Severity> severity) {
    return found.rows().stream()
        .map(row -> row.value)
        .filter(escalation -> all || !escalation.isClosed())
        .filter(escalation -> severity.isEmpty() || severity.get() == escalation.severity())
        .sorted(LOUDEST_FIRST)
        .map(EscalationView::of)
        .toList();
  }

  private static boolean isAll(Context ctx) {
    String state = Params.text(ctx, "state").orElse("open");
    return switch (state) {
      case "open" -> false;
      case "all" -> true;
      default ->
        throw new ProblemException(Problem.invalidParameter("state", "state is open or all."));
    };
  }

  private static Severity severity(String word) {
    return Arrays.stream(Severity.values())
        .filter(severity -> severity.name().equals(word))
        .findFirst()
        .orElseThrow(() -> new ProblemException(
            Problem.invalidParameter("severity", "severity is P0, P1 or P2.")));
  }
}
