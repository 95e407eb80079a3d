// One event of a stream as a line that opens: what it says in short, and all of its data.
import { attr, el, text } from "./element.js";
import { amount, clockTime, dollars, fullTime } from "./words.js";

const WORDS_MAX = 5;
const WORD_CHARS_MAX = 120;
/** What tells most about an event, in this order, whatever its type. */
const TELLING = [
  "status",
  "currentRepo",
  "currentIssue",
  "tool",
  "outcome",
  "errorText",
  "model",
  "costUsd",
  "inputTokens",
  "outputTokens",
  "pattern",
  "rule",
  "command",
  "title",
  "priority",
  "window",
  "unit",
  "percent",
  "limit",
  "spent",
  "limitTokens",
  "limitUsd",
  "branch",
  "prNumber",
  "failedChecks",
  "attempt",
  "severity",
  "milestone",
  "reason",
  "role",
  "scope",
  "query",
  "silentForMs",
  "turn",
  "durationMs",
  "repo",
  "issueNumber",
];

export function createEvent(event) {
  const data = el("pre", { tabindex: "0" });
  const summary = el(
    "summary",
    {},
    el("span", { class: "ordinal" }, String(event.ordinal)),
    el("time", { datetime: fullTime(event.timestamp) }, clockTime(event.timestamp)),
    el("span", { class: "type" }, event.type),
    el("span", { class: "gist" }, gist(event.data ?? {})),
  );
  attr(summary, "title", `${fullTime(event.timestamp)} · ${event.id}`);
  const details = el("details", {}, summary, data);
  details.addEventListener("toggle", () => text(data, JSON.stringify(event, null, 2)));
  return el("li", {}, details);
}

/** marks is { evidence: Set of event ids, target: event id or null }. */
export function updateEvent(node, event, marks) {
  attr(node, "data-evidence", marks.evidence.has(event.id));
  attr(node, "data-target", event.id === marks.target);
  attr(node, "data-error", event.data?.outcome === "error");
}

function gist(data) {
  const told = TELLING.filter((name) => data[name] !== undefined && data[name] !== null);
  return told
    .slice(0, WORDS_MAX)
    .map((name) => word(name, data[name]))
    .join(" · ");
}

function word(name, value) {
  if (name.endsWith("Usd")) {
    return dollars(value);
  }
  if (name.endsWith("Tokens")) {
    return `${amount(value)} ${name.slice(0, -"Tokens".length)}`;
  }
  const plain = typeof value === "object" ? JSON.stringify(value) : String(value);
  const cut = plain.length > WORD_CHARS_MAX ? `${plain.slice(0, WORD_CHARS_MAX)}…` : plain;
  return typeof value === "number" ? `${name} ${cut}` : cut;
}
