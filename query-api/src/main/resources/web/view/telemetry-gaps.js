// The sessions whose own counters saw more than the calls on record: their costs and budgets are
// too low until the transcript is imported. Hidden while there is none.
import { el, keyed, text } from "./element.js";
import { streamHref } from "./links.js";
import { age, amount, exact, roughDollars } from "./words.js";

const SESSIONS_MAX = 50;
const SESSION_CHARS = 8;

class TelemetryGaps extends HTMLElement {
  connectedCallback() {
    this.count = el("span", { class: "count" });
    this.list = el("ul", { class: "sessions" });
    const why = el(
      "p",
      { class: "note" },
      "Telemetry lost calls of these sessions, so that costs and budgets are too low. ",
      "Importing the transcript (./rig import) brings them back.",
    );
    const title = el("h2", {}, "Calls that telemetry lost ", this.count);
    this.append(el("header", {}, title), why, this.list);
  }

  show({ telemetry }) {
    const lost = (telemetry ?? []).filter((session) => session.state === "calls-missing");
    this.hidden = lost.length === 0;
    text(this.count, lost.length);
    const keyOf = (session) => JSON.stringify([session.agentId, session.sessionId]);
    keyed(this.list, lost.slice(0, SESSIONS_MAX), keyOf, create, update);
  }
}

function create({ agentId, sessionId }) {
  const parts = { gap: el("span", { class: "gap" }), read: el("span", { class: "note" }) };
  const session = String(sessionId).slice(0, SESSION_CHARS);
  const node = el(
    "li",
    { title: sessionId },
    el("a", { class: "agent", href: streamHref(agentId) }, agentId),
    el("span", { class: "note" }, `session ${session}`),
    parts.gap,
    parts.read,
  );
  node.parts = parts;
  return node;
}

function update(node, { gap, metered, readAt }) {
  const [missing, all] = [tokens(gap), tokens(metered)];
  text(
    node.parts.gap,
    `${amount(missing)} of ${amount(all)} tokens and ${roughDollars(gap.costUsd)} not told`,
  );
  node.parts.gap.title = `${exact(missing)} of ${exact(all)} tokens`;
  text(node.parts.read, `counters read ${age(readAt)} ago`);
}

/** What counts against a budget: input, output and cache writes. */
function tokens({ inputTokens, outputTokens, cacheCreationTokens }) {
  return inputTokens + outputTokens + cacheCreationTokens;
}

customElements.define("telemetry-gaps", TelemetryGaps);
