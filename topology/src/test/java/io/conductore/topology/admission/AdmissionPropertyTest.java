package io.conductore.topology.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.conductore.schemas.Usd;
import io.conductore.topology.budget.BudgetLimits;
import io.conductore.topology.budget.Limit;
import io.conductore.topology.budget.Scope;
import io.conductore.topology.budget.Spent;
import io.conductore.topology.budget.Window;
import io.conductore.topology.handoff.AdmissionRecord;
import io.conductore.topology.handoff.AdmissionRecord.Admit;
import io.conductore.topology.handoff.AdmissionRecord.Item;
import io.conductore.topology.handoff.AdmissionRecord.Told;
import io.conductore.topology.handoff.SpendingRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * No run of admissions, endings, repeats, restarts and passing hours spends more than any limit:
 * what agents did is summed up beside the book, by a model that knows nothing of it.
 */
class AdmissionPropertyTest {
  private static final int SEEDS = 150;
  private static final int STEPS = 250;
  private static final int PARALLEL = 1_000;
  private static final long HOUR_MS = 3_600_000;

  /** What was sent, so that the same log can be folded anew. */
  private record Timed(AdmissionRecord record, long timeMs) {}

  /** One random run: the book, the truth beside it, and what ACTIVITY has not told yet. */
  private static final class Play {
    private final Random random;
    private final BudgetLimits limits;
    private final BookRun book = new BookRun();
    private final SpendingTruth truth;
    private final List<Timed> log = new ArrayList<>();
    private final List<Item> untold = new ArrayList<>();
    private final List<Admit> asked = new ArrayList<>();
    private long nowMs = BookRun.START_MS;
    private long told;
    private int allowed;
    private int refused;

    Play(long seed) {
      this.random = new Random(seed);
      this.limits = limits(random);
      this.truth = new SpendingTruth(limits);
      send(new AdmissionRecord.LimitsSet(limits));
    }

    void step() {
      switch (random.nextInt(12)) {
        case 0, 1, 2, 3, 4 -> admit(ask());
        case 5 -> admit(asked.isEmpty() ? ask() : asked.get(random.nextInt(asked.size())));
        case 6, 7, 8 -> end();
        case 9 -> tell();
        case 10 -> {
          nowMs += random.nextLong(HOUR_MS / 6);
          // However long it took, before anybody else asks: ACTIVITY is seconds behind, not hours.
          tell();
        }
        default -> {
          if (random.nextInt(4) == 0) {
            book.restart();
          }
          send(new AdmissionRecord.Tick());
        }
      }
    }

    private Admit ask() {
      String agent = "agent-" + random.nextInt(5);
      Admit ask = new Admit(
          "r" + asked.size(),
          agent,
          "tenant-" + random.nextInt(2),
          "pool-" + random.nextInt(2),
          random.nextBoolean() ? "o/r#" + random.nextInt(3) : null,
          null,
          1 + random.nextInt(400),
          0);
      asked.add(ask);
      return ask;
    }

    private void admit(Admit ask) {
      send(ask);
      AdmissionOutcome outcome = book.outcome(ask.agentId(), ask.requestId());
      if (outcome instanceof AdmissionOutcome.Reserved reserved) {
        truth.allowed(reserved.ask(), reserved.atMs(), reserved.expiresAtMs());
        allowed++;
      } else if (outcome instanceof AdmissionOutcome.Refused) {
        refused++;
      }
    }

    /** The call ends now and is told later; it has used what it asked for at most. */
    private void end() {
      List<String> open = truth.open(nowMs);
      if (open.isEmpty()) {
        return;
      }
      String name = open.get(random.nextInt(open.size()));
      String agent = name.substring(0, name.indexOf('/'));
      String request = name.substring(name.indexOf('/') + 1, name.indexOf('@'));
      long used = random.nextLong(truth.askedBy(name) + 1);
      truth.ended(name, used, nowMs);
      SpendingRecord.Spent spent = new SpendingRecord.Spent(
          "e" + told,
          agent,
          truth.idOf(name, Scope.Kind.TENANT),
          truth.idOf(name, Scope.Kind.POOL),
          truth.idOf(name, Scope.Kind.ISSUE),
          request,
          used,
          0,
          nowMs);
      untold.add(new Item(told++, spent));
      if (random.nextInt(3) > 0) {
        tell();
      }
    }

    /** Sometimes with what was told before: the relay copies at least once. */
    private void tell() {
      if (!untold.isEmpty()) {
        send(new Told(0, untold));
        if (random.nextInt(3) == 0) {
          send(new Told(0, untold));
        }
        untold.clear();
      }
    }

    private void send(AdmissionRecord record) {
      log.add(new Timed(record, nowMs));
      book.at(record, nowMs);
    }

    private static BudgetLimits limits(Random random) {
      return new BudgetLimits(
          Map.of(
              Window.HOUR, tokens(random, 1_500),
              Window.DAY, tokens(random, 6_000)),
          Map.of(),
          Map.of("tenant-0", Map.of(Window.HOUR, tokens(random, 2_500))),
          Map.of(BudgetLimits.EVERY_OTHER, Map.of(Window.DAY, tokens(random, 9_000))),
          tokens(random, 4_000),
          Map.of());
    }

    private static Limit tokens(Random random, long most) {
      return new Limit(100 + random.nextLong(most), null);
    }
  }

  @Test
  void shouldNeverSpendMoreThanALimitWhateverHappens() {
    int allowed = 0;
    int refused = 0;
    for (long seed = 0; seed < SEEDS; seed++) {
      // given
      Play play = new Play(seed);

      // when
      for (int step = 0; step < STEPS; step++) {
        play.step();

        // then
        assertThat(play.truth.overruns(play.nowMs))
            .as("seed=%d step=%d", seed, step)
            .isEmpty();
      }
      allowed += play.allowed;
      refused += play.refused;
      BookRun again = new BookRun();
      play.log.forEach(next -> again.at(next.record(), next.timeMs()));
      assertThat(again.bytes()).as("seed=" + seed).isEqualTo(play.book.bytes());
      assertThat(again.events()).as("seed=" + seed).isEqualTo(play.book.events());
      assertThat(again.dispatched()).as("seed=" + seed).isEqualTo(play.book.dispatched());
    }
    assertThat(Math.min(allowed, refused))
        .as("both were tried: %d allowed, %d refused", allowed, refused)
        .isGreaterThan(SEEDS * STEPS / 20);
  }

  @Test
  void shouldAllowExactlyWhatFitsWhenAThousandComeAtOnce() {
    // given
    BookRun book = new BookRun();
    BudgetLimits limits = new BudgetLimits(
        Map.of(),
        Map.of(),
        Map.of("default", Map.of(Window.HOUR, BookRun.tokens(10_050))),
        Map.of(),
        Limit.NONE,
        Map.of());
    book.limits(limits);
    SpendingTruth truth = new SpendingTruth(limits);

    // when
    int allowed = 0;
    for (int i = 0; i < PARALLEL; i++) {
      AdmissionOutcome outcome = book.admit("agent-" + i % 50, "r" + i, 100);
      if (outcome instanceof AdmissionOutcome.Reserved reserved) {
        allowed++;
        truth.allowed(reserved.ask(), reserved.atMs(), reserved.expiresAtMs());
      }
    }

    // then
    assertThat(allowed).isEqualTo(100);
    assertThat(truth.overruns(book.nowMs())).isEmpty();
  }

  @Test
  void shouldFindTheOverrunWhenOneIsSeeded() {
    // given
    SpendingTruth truth = new SpendingTruth(BookRun.hourly(1_000));
    long nowMs = BookRun.START_MS;

    // when
    truth.allowed(ask("r1", 600), nowMs, nowMs + HOUR_MS);
    List<String> within = truth.overruns(nowMs);
    truth.allowed(ask("r2", 401), nowMs, nowMs + HOUR_MS);

    // then
    assertThat(within).isEmpty();
    assertThat(truth.overruns(nowMs)).containsExactly("agent dev-e hour: 1001 of 1000");
  }

  @Test
  void shouldFindTheOverrunWhenACallIsCountedInTheWrongHour() {
    // given
    SpendingTruth truth = new SpendingTruth(BookRun.hourly(1_000));
    long nowMs = BookRun.START_MS;
    truth.allowed(ask("r1", 900), nowMs, nowMs + HOUR_MS);

    // when
    truth.allowed(ask("r2", 900), nowMs, nowMs + 2 * HOUR_MS);
    truth.ended("dev-e/r1@" + nowMs, 900, nowMs + HOUR_MS - 1);

    // then
    assertThat(truth.overruns(nowMs + HOUR_MS - 1)).hasSize(1);
  }

  private static Ask ask(String requestId, long tokens) {
    return new Ask(requestId, "dev-e", "default", "default", null, new Spent(tokens, Usd.ZERO));
  }
}
