package io.conductore.query;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.conductore.query.http.Params;
import io.conductore.query.http.Problem;
import io.conductore.query.http.ProblemException;
import io.conductore.query.read.CostReport;
import io.conductore.query.read.DayCosts;
import io.conductore.query.read.HourCosts;
import io.conductore.query.read.Questions;
import io.conductore.query.read.ReadOutcome;
import io.conductore.query.read.SessionUsage;
import io.conductore.query.read.StoreReader;
import io.conductore.query.read.TelemetryView;
import io.conductore.query.read.UsageView;
import io.conductore.schemas.Feed;
import io.conductore.topology.activity.CostKey;
import io.conductore.topology.activity.HourKey;
import io.conductore.topology.activity.Usage;
import io.conductore.topology.budget.Window;
import io.javalin.http.Context;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The routes that ask what was used and what it cost. Days are UTC and include today. */
final class CostReads {
  private static final int DAYS_MAX = 400;
  private static final int DAYS_DEFAULT = 30;
  private static final int ALL_TIME = 0;
  private static final int HOURS_MAX = 35 * 24;
  private static final int HOURS_DEFAULT = 24;

  private final Supplier<Backbone> backbone;
  private final InstantSource clock;

  private record UsageAnswer(List<UsageView> usage, UsageView total, boolean complete) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record SessionAnswer(
      List<UsageView> usage,
      UsageView total,
      @Nullable TelemetryView telemetry,
      boolean complete) {}

  private record Telemetry(List<TelemetryView> sessions, boolean complete) {}

  private record Summary(
      int days,
      UsageView total,
      List<UsageView> byAgent,
      List<UsageView> byModel,
      List<UsageView> byRepo,
      List<UsageView> byCategory,
      List<UsageView> byTenant,
      boolean complete) {}

  private record PublicSummary(
      int days, UsageView total, List<UsageView> daily, boolean complete) {}

  private record Daily(int days, List<UsageView> daily, boolean complete) {}

  private record Issues(List<UsageView> issues, UsageView total, boolean complete) {}

  CostReads(Supplier<Backbone> backbone, InstantSource clock) {
    this.backbone = backbone;
    this.clock = clock;
  }

  /** Without days: of all time, as in the original. With a session: that session's alone. */
  void usage(Context ctx) {
    Optional<String> session = Params.text(ctx, "sessionId");
    if (session.isPresent()) {
      sessionUsage(ctx, session.get());
      return;
    }
    int days = (int) Params.whole(ctx, "days", 1, DAYS_MAX, ALL_TIME);
    Predicate<CostKey> wanted = filter(ctx);
    report(
        ctx,
        rows(days),
        wanted,
        (report, complete) -> new UsageAnswer(report.byAgentAndRepo(), report.total(), complete));
  }

  void summary(Context ctx) {
    int days = days(ctx);
    report(
        ctx,
        rows(days),
        filter(ctx),
        (report, complete) -> new Summary(
            days,
            report.total(),
            report.byAgent(),
            report.byModel(),
            report.byRepo(),
            report.byCategory(),
            report.byTenant(),
            complete));
  }

  /** The last N hours to the edge of the hour, for whoever watches how fast it goes. */
  void hourly(Context ctx) {
    int hours = (int) Params.whole(ctx, "hours", 1, HOURS_MAX, HOURS_DEFAULT);
    Optional<String> agent = Params.text(ctx, "agentId");
    Optional<String> tenant = Params.text(ctx, "tenantId");
    Predicate<HourKey> wanted = key -> agent.map(key.agentId()::equals).orElse(true)
        && tenant.map(key.tenant()::equals).orElse(true);
    long end = Window.HOUR.bucketAt(clock.millis()) + 1;
    Asking.all(ctx, backbone.get(), Feed.ACTIVITY)
        .answer(
            questions -> questions.hours(end - hours, end),
            found -> HourCosts.of(end - hours, hours, found, wanted));
  }

  /** Totals alone, of everybody: for a page that shows no names. */
  void publicSummary(Context ctx) {
    int days = days(ctx);
    LocalDate today = today();
    report(
        ctx,
        rows(days),
        key -> true,
        (report, complete) -> new PublicSummary(
            days, report.total(), report.byDay(today.minusDays(days - 1L), today), complete));
  }

  /** One day; by default the last that is over. */
  void day(Context ctx) {
    LocalDate day =
        Params.text(ctx, "day").map(CostReads::day).orElseGet(() -> today().minusDays(1));
    Asking.all(ctx, backbone.get(), Feed.ACTIVITY)
        .answer(questions -> DayCosts.ask(questions, day), report -> report);
  }

  void daily(Context ctx) {
    int days = days(ctx);
    LocalDate today = today();
    report(
        ctx,
        rows(days),
        filter(ctx),
        (report, complete) ->
            new Daily(days, report.byDay(today.minusDays(days - 1L), today), complete));
  }

  void issue(Context ctx) {
    int days = (int) Params.whole(ctx, "days", 1, DAYS_MAX, ALL_TIME);
    report(
        ctx,
        rows(days),
        filter(ctx).and(key -> key.issueNumber() != CostKey.NO_ISSUE),
        (report, complete) -> new Issues(report.byIssue(), report.total(), complete));
  }

  /** Counters beside calls, session by session; with gap=true those that do not agree. */
  void telemetry(Context ctx) {
    String agent = Params.text(ctx, "agentId").orElse(null);
    boolean gaps = "true".equals(ctx.queryParam("gap"));
    asking(ctx, agent)
        .answer(
            questions -> questions.metered(agent),
            found -> new Telemetry(
                found.telemetry().stream()
                    .filter(session -> !gaps || session.state() != TelemetryView.State.AGREES)
                    .toList(),
                found.complete()));
  }

  private void sessionUsage(Context ctx, String sessionId) {
    String agent = Params.text(ctx, "agentId").orElse(null);
    asking(ctx, agent)
        .answer(
            questions -> Questions.map(
                questions.metered(agent), (found, position) -> SessionUsage.of(found, sessionId)),
            found -> new SessionAnswer(
                found.rows(), found.total(), found.telemetry(), found.complete()));
  }

  private Asking asking(Context ctx, @Nullable String agentId) {
    return agentId == null
        ? Asking.all(ctx, backbone.get(), Feed.ACTIVITY)
        : Asking.about(ctx, backbone.get(), Feed.ACTIVITY, agentId);
  }

  private Function<Questions, ReadOutcome<StoreReader.Rows<CostKey, Usage>>> rows(int days) {
    if (days == ALL_TIME) {
      return Questions::costs;
    }
    LocalDate today = today();
    return questions -> questions.costs(today.minusDays(days - 1L), today);
  }

  private void report(
      Context ctx,
      Function<Questions, ReadOutcome<StoreReader.Rows<CostKey, Usage>>> rows,
      Predicate<CostKey> wanted,
      java.util.function.BiFunction<CostReport, Boolean, Object> view) {
    Asking.all(ctx, backbone.get(), Feed.ACTIVITY)
        .answer(
            rows,
            found -> view.apply(new CostReport(found.rows()).where(wanted), found.complete()));
  }

  private static Predicate<CostKey> filter(Context ctx) {
    Optional<String> agent = Params.text(ctx, "agentId");
    Optional<String> repo = Params.text(ctx, "repo");
    Optional<String> tenant = Params.text(ctx, "tenantId");
    long issue = Params.whole(ctx, "issueNumber", 0, Integer.MAX_VALUE, CostKey.NO_ISSUE);
    return key -> agent.map(key.agentId()::equals).orElse(true)
        && repo.map(key.repo()::equals).orElse(true)
        && tenant.map(key.tenant()::equals).orElse(true)
        && (issue == CostKey.NO_ISSUE || key.issueNumber() == issue);
  }

  private static int days(Context ctx) {
    return (int) Params.whole(ctx, "days", 1, DAYS_MAX, DAYS_DEFAULT);
  }

  private static LocalDate day(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException notADay) {
      throw new ProblemException(
          Problem.invalidParameter("day", "day must be a UTC day such as 2026-11-23."));
    }
  }

  private LocalDate today() {
    return clock.instant().atZone(ZoneOffset.UTC).toLocalDate();
  }
}
