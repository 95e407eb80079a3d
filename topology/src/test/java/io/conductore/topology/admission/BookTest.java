package io.conductore.topology.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.conductore.schemas.Usd;
import io.conductore.topology.budget.BudgetLimits;
import io.conductore.topology.budget.Limit;
import io.conductore.topology.budget.Scope;
import io.conductore.topology.budget.Window;
import io.conductore.topology.handoff.AdmissionRecord.Admit;
import io.conductore.topology.handoff.AdmissionRecord.Item;
import io.conductore.topology.handoff.AdmissionRecord.Told;
import io.conductore.topology.handoff.SpendingRecord;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What admissions, spending, limits and time do to the book, one rule a test. */
class BookTest {
  private final BookRun book = new BookRun();

  @Test
  void shouldReserveAndReleaseTheDifferenceWhenTheCallEnds() {
    // given
    book.limits(BookRun.hourly(1_000));

    // when
    AdmissionOutcome outcome = book.admit("dev-e", "r1", 800);
    long held = book.reserved("dev-e");
    book.spend("dev-e", "r1", 120);

    // then
    assertThat(outcome).isInstanceOf(AdmissionOutcome.Reserved.class);
    assertThat(held).isEqualTo(800);
    assertThat(book.reserved("dev-e")).isZero();
    assertThat(book.spentInHour("dev-e")).isEqualTo(120);
    assertThat(book.outcome("dev-e", "r1")).isInstanceOf(AdmissionOutcome.Settled.class);
  }

  @Test
  void shouldRefuseNamingScopeAndWindowWhenThereIsNoRoom() {
    // given
    book.limits(BookRun.hourly(1_000)).spend("dev-e", null, 950);

    // when
    AdmissionOutcome outcome = book.admit("dev-e", "r1", 51);

    // then
    AdmissionOutcome.Refused refused = (AdmissionOutcome.Refused) outcome;
    assertThat(refused.level().scope()).isEqualTo(Scope.agent("dev-e"));
    assertThat(refused.level().window()).isEqualTo(Window.HOUR);
    assertThat(refused.waits()).isFalse();
    assertThat(Instant.ofEpochMilli(refused.level().resetsAtMs()))
        .isEqualTo("2026-11-23T11:00:00Z");
    assertThat(book.reserved("dev-e")).isZero();
  }

  @Test
  void shouldSayThatItMayWaitWhenOnlyReservationsAreInTheWay() {
    // given
    book.limits(BookRun.hourly(1_000)).admit("dev-e", "r1", 700);

    // when
    AdmissionOutcome outcome = book.admit("dev-e", "r2", 400);

    // then
    assertThat(((AdmissionOutcome.Refused) outcome).waits()).isTrue();
    assertThat(book.said()).isEmpty();
  }

  @Test
  void shouldReserveOnceWhenTheSameRequestComesAgain() {
    // given
    book.limits(BookRun.hourly(1_000));

    // when
    AdmissionOutcome first = book.admit("dev-e", "r1", 300);
    AdmissionOutcome again = book.later(Duration.ofSeconds(3)).admit("dev-e", "r1", 300);
    book.spend("dev-e", "r1", 10);
    AdmissionOutcome afterwards = book.admit("dev-e", "r1", 300);

    // then
    assertThat(again).isEqualTo(first);
    assertThat(afterwards).isInstanceOf(AdmissionOutcome.Settled.class);
    assertThat(book.reserved("dev-e")).isZero();
  }

  @Test
  void shouldAdmitARefusedRequestWhenItComesAgainAndThereIsRoom() {
    // given
    book.limits(BookRun.hourly(1_000)).spend("dev-e", null, 900);
    book.admit("dev-e", "r1", 200);

    // when
    AdmissionOutcome again = book.later(Duration.ofHours(1)).admit("dev-e", "r1", 200);

    // then
    assertThat(again).isInstanceOf(AdmissionOutcome.Reserved.class);
  }

  @Test
  void shouldGiveTheRoomBackWhenACallNeverEnds() {
    // given
    book.limits(BookRun.hourly(1_000)).admit("dev-e", "r1", 900);

    // when
    book.tickAfter(AdmissionOutcome.Reserved.KEPT);

    // then
    assertThat(book.reserved("dev-e")).isZero();
    assertThat(book.admit("dev-e", "r2", 1_000)).isInstanceOf(AdmissionOutcome.Reserved.class);
  }

  @Test
  void shouldCountAnOpenCallInTheNextHourWhenTheHourTurns() {
    // given
    book.limits(BookRun.hourly(1_000)).later(Duration.ofMinutes(29));
    book.admit("dev-e", "r1", 600);

    // when
    AdmissionOutcome next = book.later(Duration.ofMinutes(2)).admit("dev-e", "r2", 500);

    // then
    assertThat(next).isInstanceOf(AdmissionOutcome.Refused.class);
  }

  @Test
  void shouldHoldTheLimitOfTenantPoolAndIssueWhenAgentsShareThem() {
    // given
    BudgetLimits limits = new BudgetLimits(
        Map.of(),
        Map.of(),
        Map.of("acme", Map.of(Window.DAY, BookRun.tokens(1_000))),
        Map.of(BudgetLimits.EVERY_OTHER, Map.of(Window.HOUR, BookRun.tokens(500))),
        BookRun.tokens(300),
        Map.of("dev-e", new BudgetLimits.Home("acme", null)));
    book.limits(limits);

    // when
    book.admit(new Admit("r1", "dev-e", "other", "p1", "o/r#1", null, 250, 0));
    AdmissionOutcome ofIssue =
        book.admit(new Admit("r2", "ops-e", "acme", "p2", "o/r#1", null, 51, 0));
    AdmissionOutcome ofPool =
        book.admit(new Admit("r3", "ops-e", "acme", "p1", null, null, 251, 0));
    book.admit(new Admit("r4", "ops-e", "acme", "p2", null, null, 500, 0));
    AdmissionOutcome ofTenant =
        book.admit(new Admit("r5", "ops-e", "acme", "p3", null, null, 251, 0));

    // then
    assertThat(scope(ofIssue)).isEqualTo(Scope.issue("o/r#1"));
    assertThat(scope(ofPool)).isEqualTo(Scope.pool("p1"));
    assertThat(scope(ofTenant)).isEqualTo(Scope.tenant("acme"));
  }

  @Test
  void shouldHoldALimitOfMoneyWhenTokensAreNotLimited() {
    // given
    Limit dime = new Limit(null, Usd.of(new BigDecimal("0.10")));
    book.limits(new BudgetLimits(Map.of(Window.DAY, dime), Map.of()));
    long cent = Usd.of(new BigDecimal("0.01")).pico();

    // when
    AdmissionOutcome nine =
        book.admit(new Admit("r1", "dev-e", null, null, null, "m", 1, 9 * cent));
    AdmissionOutcome two = book.admit(new Admit("r2", "dev-e", null, null, null, "m", 1, 2 * cent));

    // then
    assertThat(nine).isInstanceOf(AdmissionOutcome.Reserved.class);
    assertThat(((AdmissionOutcome.Refused) two).level().unit()).isEqualTo(Unit.USD);
  }

  @Test
  void shouldWarnOnceAndStopUntilTheWindowTurnsWhenALimitIsSpent() {
    // given
    book.limits(BookRun.hourly(1_000)).admit("dev-e", "r1", 850);

    // when
    book.spend("dev-e", "r1", 500).spend("dev-e", null, 350);
    book.spend("dev-e", null, 60).spend("dev-e", null, 90).spend("dev-e", null, 1);
    book.tickAfter(Duration.ofMinutes(30));

    // then
    assertThat(book.said())
        .containsExactly(
            "dev-e hour tokens 80",
            "dev-e hour tokens 90",
            "dev-e hour tokens stop",
            "dev-e hour tokens reset");
    assertThat(book.dispatched()).containsExactly("dev-e 2026-11-23T11:00:00Z", "dev-e free");
    assertThat(book.called()).containsExactly("+dev-e", "-dev-e");
  }

  @Test
  void shouldEndTheStopWhenTheLimitIsRaised() {
    // given
    book.limits(BookRun.hourly(1_000)).spend("dev-e", null, 1_000);

    // when
    book.raise("dev-e", Window.HOUR, 2_000, null);

    // then
    assertThat(book.said()).endsWith("dev-e hour tokens stop", "dev-e hour tokens reset");
    assertThat(book.dispatched()).endsWith("dev-e free");
    assertThat(book.admit("dev-e", "r1", 1_000)).isInstanceOf(AdmissionOutcome.Reserved.class);
  }

  @Test
  void shouldEndTheStopWhenTheFileRaisesTheLimit() {
    // given
    book.limits(BookRun.hourly(1_000)).spend("dev-e", null, 1_000);

    // when
    book.limits(BookRun.hourly(5_000));

    // then
    assertThat(book.dispatched()).endsWith("dev-e free");
    assertThat(book.called()).endsWith("-dev-e");
  }

  @Test
  void shouldForgetARaiseWhenItsTimeIsOver() {
    // given
    book.limits(BookRun.hourly(1_000)).spend("dev-e", null, 600);
    long untilMs = book.nowMs() + Duration.ofMinutes(10).toMillis();
    book.raise("dev-e", Window.HOUR, 2_000, untilMs);

    // when
    AdmissionOutcome before = book.admit("dev-e", "r1", 600);
    AdmissionOutcome after = book.later(Duration.ofMinutes(10)).admit("dev-e", "r2", 1);

    // then
    assertThat(before).isInstanceOf(AdmissionOutcome.Reserved.class);
    assertThat(after).isInstanceOf(AdmissionOutcome.Refused.class);
  }

  @Test
  void shouldStopBeforeTheLastTokenWhenCallsNoLongerFit() {
    // given
    book.limits(BookRun.hourly(1_000)).spend("dev-e", null, 950);

    // when
    book.admit("dev-e", "r1", 60);

    // then
    assertThat(book.said()).endsWith("dev-e hour tokens stop");
    assertThat(book.dispatched()).containsExactly("dev-e 2026-11-23T11:00:00Z");
  }

  @Test
  void shouldNotStopWhenOneCallAsksForTooMuchOfAFreshBudget() {
    // given
    book.limits(BookRun.hourly(1_000)).spend("dev-e", null, 400);

    // when
    AdmissionOutcome huge = book.admit("dev-e", "r1", 5_000);

    // then
    assertThat(huge).isInstanceOf(AdmissionOutcome.Refused.class);
    assertThat(book.said()).isEmpty();
    assertThat(book.admit("dev-e", "r2", 100)).isInstanceOf(AdmissionOutcome.Reserved.class);
  }

  @Test
  void shouldStopEveryAgentOfATenantWhenItsLimitIsSpent() {
    // given
    BudgetLimits limits = new BudgetLimits(
        Map.of(),
        Map.of(),
        Map.of("acme", Map.of(Window.DAY, BookRun.tokens(1_000))),
        Map.of(),
        Limit.NONE,
        Map.of());
    book.limits(limits);
    book.admit(new Admit("r1", "dev-e", "acme", null, null, null, 100, 0));
    book.admit(new Admit("r2", "ops-e", "acme", null, null, null, 100, 0));

    // when
    book.spend("dev-e", "r1", 100).spend("dev-e", null, 900);

    // then
    assertThat(book.dispatched())
        .containsExactly("dev-e 2026-11-24T00:00:00Z", "ops-e 2026-11-24T00:00:00Z");
    assertThat(book.called()).containsExactly("+dev-e");
  }

  @Test
  void shouldTellDispatchWhenAnAgentComesToATenantThatIsStopped() {
    // given
    BudgetLimits limits = new BudgetLimits(
        Map.of(),
        Map.of(),
        Map.of("acme", Map.of(Window.DAY, BookRun.tokens(10))),
        Map.of(),
        Limit.NONE,
        Map.of("late-e", new BudgetLimits.Home("acme", null)));
    book.limits(limits);
    book.tell(
        new SpendingRecord.Spent("e", "dev-e", "acme", null, null, null, 10, 0, book.nowMs()));

    // when
    book.spend("late-e", null, 0);

    // then
    assertThat(book.dispatched()).endsWith("late-e 2026-11-24T00:00:00Z");
  }

  @Test
  void shouldCountEachItemOnceWhenTheRelayCopiesAgain() {
    // given
    Item first = new Item(5, BookRun.spent("dev-e", null, 10, book.nowMs()));
    Item second = new Item(7, BookRun.spent("dev-e", null, 100, book.nowMs()));

    // when
    book.send(new Told(2, List.of(first)));
    book.send(new Told(2, List.of(first, second)));
    book.send(new Told(2, List.of(first, second)));
    book.send(new Told(3, List.of(first)));

    // then
    assertThat(book.spentInHour("dev-e")).isEqualTo(120);
  }

  @Test
  void shouldCountInTheHourOfTheCallWhenItIsToldLater() {
    // given
    book.limits(BookRun.hourly(1_000)).later(Duration.ofMinutes(29));
    book.admit("dev-e", "r1", 900);
    long endedMs = book.nowMs();

    // when
    book.later(Duration.ofMinutes(2)).tell(BookRun.spent("dev-e", "r1", 900, endedMs));

    // then
    assertThat(book.spentInHour("dev-e")).isZero();
    assertThat(book.admit("dev-e", "r2", 1_000)).isInstanceOf(AdmissionOutcome.Reserved.class);
  }

  private static Scope scope(AdmissionOutcome outcome) {
    return ((AdmissionOutcome.Refused) outcome).level().scope();
  }
}
