// Asks again and again: every 2 s while answered, ever slower while not, never while hidden.
// One round at a time, so a slow server is not asked more often than it answers.
import { ask } from "./ask.js";
import { Snapshot } from "./snapshot.js";

const ROUND_EVERY_MS = 2_000;
const BACKOFF_MS_MAX = 30_000;
const COSTS_EVERY_ROUNDS = 3; // costs cover all partitions and change slowly
const DAYS_ASKED_MIN = 7; // the chart always shows a week
const DAYS_FIRST = 7;
const UNAUTHORIZED = 401;

export class Poll {
  #show;
  #timer = null;
  #asking = false;
  #again = false;
  #paused = true;
  #rounds = 0;
  #failures = 0;

  constructor(show) {
    this.#show = show;
    this.snapshot = Snapshot.nothing(DAYS_FIRST);
  }

  pauseWhile(hidden) {
    this.#paused = hidden;
    clearTimeout(this.#timer);
    if (!hidden) {
      this.#round();
    }
  }

  tryNow() {
    this.#failures = 0;
    clearTimeout(this.#timer);
    this.#round();
  }

  askForDays(days) {
    this.#become(this.snapshot.with({ days, summary: null }));
    this.#rounds = 0;
    this.tryNow();
  }

  async #round() {
    if (this.#asking) {
      this.#again = true;
      return;
    }
    this.#asking = true;
    const days = this.snapshot.days;
    const outcomes = await this.#askAll(days);
    this.#asking = false;
    const delayMs = this.#take(outcomes, days);
    if (this.#paused) {
      return;
    }
    this.#timer = setTimeout(() => this.#round(), this.#again ? 0 : delayMs);
    this.#again = false;
  }

  async #askAll(days) {
    const paths = {
      agents: "/api/agents",
      budgets: "/api/budgets",
      stuck: "/api/stuck",
      escalations: "/api/escalations",
    };
    if (this.#rounds % COSTS_EVERY_ROUNDS === 0) {
      paths.summary = `/api/costs/summary?days=${days}`;
      paths.daily = `/api/costs/daily?days=${Math.max(days, DAYS_ASKED_MIN)}`;
      paths.telemetry = "/api/telemetry?gap=true";
    }
    const names = Object.keys(paths);
    const settled = await Promise.allSettled(names.map((name) => ask(paths[name])));
    return Object.fromEntries(names.map((name, i) => [name, settled[i]]));
  }

  /** Folds one round into the snapshot and returns how long to wait. */
  #take(outcomes, days) {
    const answers = {};
    const refused = {};
    for (const [name, outcome] of Object.entries(outcomes)) {
      if (outcome.status === "fulfilled") {
        answers[name] = outcome.value;
      } else {
        refused[name] = outcome.reason;
      }
    }
    return Object.keys(answers).length > 0
      ? this.#answered(answers, refused, days)
      : this.#unanswered(Object.values(refused));
  }

  #answered(answers, refused, days) {
    this.#failures = 0;
    this.#rounds += 1;
    const before = this.snapshot;
    const words = Object.entries(refused).map(([name, why]) => [name, why.message]);
    const current = days === before.days; // else the answer is to a period nobody looks at now
    this.#become(
      before.turned("live", {
        answeredAt: Date.now(),
        nextTryAt: null,
        signInWanted: false,
        position: answers.agents?.position ?? before.position,
        refusals: Object.fromEntries(words),
        agents: answers.agents?.body.agents ?? before.agents,
        complete: answers.agents?.body.complete ?? before.complete,
        budgets: answers.budgets?.body.budgets ?? before.budgets,
        sessions: answers.stuck?.body.sessions ?? before.sessions,
        escalations: answers.escalations?.body.escalations ?? before.escalations,
        telemetry: answers.telemetry?.body.sessions ?? before.telemetry,
        summary: (current && answers.summary?.body) || before.summary,
        daily: (current && answers.daily?.body.daily) || before.daily,
      }),
    );
    return ROUND_EVERY_MS;
  }

  #unanswered(refusals) {
    this.#failures += 1;
    this.#rounds = 0; // costs are asked for again with the first round that is answered
    const heard = refusals.find((refusal) => refusal.heard);
    const backoffMs = Math.min(ROUND_EVERY_MS * 2 ** (this.#failures - 1), BACKOFF_MS_MAX);
    const spreadMs = backoffMs * (0.8 + 0.4 * Math.random()); // many open pages, one server
    const delayMs = Math.max(heard?.retryAfterMs ?? 0, spreadMs);
    this.#become(
      this.snapshot.turned(heard ? "refused" : "away", {
        nextTryAt: Date.now() + delayMs,
        signInWanted: heard?.status === UNAUTHORIZED,
        refusals: { all: (heard ?? refusals[0]).message },
      }),
    );
    return delayMs;
  }

  #become(snapshot) {
    this.snapshot = snapshot;
    this.#show(snapshot);
  }
}
