// Wires the page: one poll, one snapshot, and every view shows it. Views never ask for live state.
import { Poll } from "./live/poll.js";
import "./view/freshness-line.js";
import "./view/sign-in-line.js";
import "./view/figure-strip.js";
import "./view/first-steps.js";
import "./view/escalation-list.js";
import "./view/stuck-list.js";
import "./view/telemetry-gaps.js";
import "./view/agent-table.js";
import "./view/budget-list.js";
import "./view/cost-panel.js";
import "./view/stream-drawer.js";

const RELATIVE_TIMES_MS = 1_000;

const views = document.querySelectorAll(
  "freshness-line, sign-in-line, figure-strip, first-steps, escalation-list, stuck-list, " +
    "telemetry-gaps, agent-table, budget-list, cost-panel, stream-drawer",
);

const poll = new Poll(show);

function show(snapshot) {
  document.body.dataset.state = snapshot.state;
  const stuck = snapshot.stuckSessions().length;
  const title = stuck === 0 ? "Conductor-E" : `${stuck} stuck · Conductor-E`;
  if (document.title !== title) {
    document.title = title;
  }
  for (const view of views) {
    view.show(snapshot);
  }
}

document.addEventListener("try-now", () => poll.tryNow());
document.addEventListener("days-chosen", (event) => poll.askForDays(event.detail));
document.addEventListener("visibilitychange", () => poll.pauseWhile(document.hidden));
setInterval(() => document.hidden || show(poll.snapshot), RELATIVE_TIMES_MS);
show(poll.snapshot);
poll.pauseWhile(document.hidden);
