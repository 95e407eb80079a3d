// The sessions judged stuck, each with what was seen and the events that show it. Hidden while none
// is.
import { attr, el, keyed, text } from "./element.js";
import { streamHref } from "./links.js";
import { age, clockTime, fullTime, plural } from "./words.js";

const SESSIONS_MAX = 50;
const EVIDENCE_LINKS_MAX = 12;

class StuckList extends HTMLElement {
  connectedCallback() {
    this.count = el("span", { class: "count" });
    this.list = el("ul", { class: "sessions" });
    this.append(el("header", {}, el("h2", {}, "Stuck ", this.count)), this.list);
  }

  show(snapshot) {
    const sessions = snapshot.stuckSessions();
    this.hidden = sessions.length === 0;
    text(this.count, sessions.length);
    const keyOf = (session) => JSON.stringify([session.agentId, session.sessionId]);
    keyed(this.list, sessions.slice(0, SESSIONS_MAX), keyOf, createSession, updateSession);
  }
}

function createSession({ agentId, sessionId }) {
  const words = el("span", { class: "note", title: sessionId });
  const verdicts = el("ul", { class: "verdicts" });
  const agent = el("a", { class: "agent", href: streamHref(agentId) }, agentId);
  const node = el("li", {}, el("p", { class: "who" }, agent, words), verdicts);
  node.parts = { words, verdicts };
  return node;
}

function updateSession(node, { agentId, sessionId, calls, lastCall, verdicts }) {
  const last = lastCall ? ` · last call ${age(lastCall)} ago` : "";
  text(node.parts.words, `session ${short(sessionId)} · ${plural(calls, "call")}${last}`);
  const update = (line, verdict) => updateVerdict(line, verdict, agentId);
  keyed(node.parts.verdicts, verdicts, (one) => one.pattern, createVerdict, update);
}

function createVerdict({ pattern }) {
  const parts = {
    since: el("span", { class: "since" }),
    explanation: el("span", { class: "explanation" }),
    evidence: el("ol", { class: "evidence", "aria-label": "Events that show it" }),
    before: el("span", { class: "note" }),
  };
  const name = el("span", { class: "pattern" }, String(pattern).replace(/[_-]+/g, " "));
  const shown = el("div", { class: "shown-by" }, "shown by ", parts.evidence, parts.before);
  const node = el("li", {}, name, parts.explanation, parts.since, shown);
  node.parts = parts;
  return node;
}

function updateVerdict(node, verdict, agentId) {
  const { since, explanation, evidence, before } = node.parts;
  text(since, `for ${age(verdict.since)}, since ${clockTime(verdict.since)}`);
  attr(since, "title", fullTime(verdict.since));
  text(explanation, verdict.explanation ?? "");
  const ids = verdict.evidence ?? [];
  const links = ids.slice(-EVIDENCE_LINKS_MAX).map((id) => ({ id, agentId }));
  keyed(evidence, links, (link) => link.id, createLink, () => {});
  text(before, ids.length > links.length ? `and ${ids.length - links.length} before` : "");
}

function createLink({ id, agentId }) {
  const label = `Event ${id} in the stream of ${agentId}`;
  const href = streamHref(agentId, id);
  return el("li", {}, el("a", { href, title: id, "aria-label": label }, short(id)));
}

/** The end of an id tells two of them apart; the beginning of a UUIDv7 is only the time. */
function short(id) {
  const words = String(id ?? "");
  return words.length > 12 ? `…${words.slice(-8)}` : words;
}

customElements.define("stuck-list", StuckList);
