// What somebody should look at, the loudest first, and a button that says that somebody does. Hidden
// while there is nothing.
import { tell } from "../live/ask.js";
import { attr, button, el, keyed, text } from "./element.js";
import { streamHref } from "./links.js";
import { age, clockTime, fullTime, plural } from "./words.js";

const ESCALATIONS_MAX = 50;

class EscalationList extends HTMLElement {
  connectedCallback() {
    this.count = el("span", { class: "count" });
    this.list = el("ul", { class: "escalations" });
    this.append(el("header", {}, el("h2", {}, "Escalations ", this.count)), this.list);
  }

  show({ escalations }) {
    const open = escalations ?? [];
    this.hidden = open.length === 0;
    text(this.count, open.length);
    keyed(this.list, open.slice(0, ESCALATIONS_MAX), (one) => one.id, create, update);
  }
}

function create({ id, cause, subject }) {
  const name = subject.agentId ?? subject.issue;
  const parts = {
    severity: el("span", { class: "severity" }),
    summary: el("span", { class: "summary" }),
    since: el("span", { class: "since" }),
    seen: el("span", { class: "note" }),
    acknowledge: button("Acknowledge", () => acknowledge(parts, id), {
      "aria-label": `Acknowledge ${cause} of ${name}`,
    }),
  };
  const who = el(
    "p",
    { class: "who" },
    parts.severity,
    el("span", { class: "cause" }, String(cause).replace(/-+/g, " ")),
    el("a", { class: "agent", href: streamHref(name) }, name),
    parts.since,
  );
  const what = el("p", { class: "what" }, parts.summary, parts.seen, parts.acknowledge);
  const node = el("li", { title: id }, who, what);
  node.parts = parts;
  return node;
}

function update(node, escalation) {
  const { severity, summary, since, seen, acknowledge } = node.parts;
  text(severity, escalation.severity);
  attr(node, "data-severity", escalation.severity);
  attr(node, "data-state", escalation.state);
  text(summary, escalation.summary);
  const often = escalation.count > 1 ? ` · ${plural(escalation.count, "time")}` : "";
  text(since, `for ${age(escalation.openedAt)}, since ${clockTime(escalation.openedAt)}${often}`);
  attr(since, "title", fullTime(escalation.openedAt));
  const acknowledged = escalation.state === "acknowledged";
  acknowledge.hidden = acknowledged;
  if (acknowledged) {
    text(seen, `seen${escalation.acknowledgedBy ? ` by ${escalation.acknowledgedBy}` : ""}`);
  }
}

async function acknowledge({ acknowledge: pressed, seen }, id) {
  pressed.disabled = true;
  try {
    await tell(`/api/escalations/${encodeURIComponent(id)}/ack`, {});
    pressed.dispatchEvent(new CustomEvent("try-now", { bubbles: true }));
  } catch (refusal) {
    text(seen, refusal.message);
  } finally {
    pressed.disabled = false;
  }
}

customElements.define("escalation-list", EscalationList);
