// What each agent may spend: a bar per window and unit that has a limit, the fullest agents first.
import { millis, serverNow } from "../live/clock.js";
import { createBar, ratio, updateBar } from "./budget-bar.js";
import { attr, el, keyed, text } from "./element.js";
import { streamHref } from "./links.js";
import { amount, briefAmount, dollars, exact, fullTime, roughDollars, span } from "./words.js";

const BUDGETS_SHOWN_MAX = 100;

class BudgetList extends HTMLElement {
  connectedCallback() {
    this.list = el("ul", { class: "budgets" });
    this.note = el("p", { class: "note" });
    this.append(
      el(
        "header",
        {},
        el("h2", {}, "Budgets"),
        el("span", { class: "note" }, "marks at 80, 90, 100 %"),
      ),
      this.list,
      this.note,
    );
  }

  show({ budgets }) {
    this.hidden = budgets === null || budgets.length === 0;
    if (this.hidden) {
      return;
    }
    const ranked = budgets.map(withLines).sort(fullestFirst);
    const shown = ranked.slice(0, BUDGETS_SHOWN_MAX);
    keyed(this.list, shown, (budget) => budget.agentId, create, update);
    const left = ranked.length - shown.length;
    text(this.note, left > 0 ? `${exact(left)} more agents with room to spend.` : "");
  }
}

function withLines(budget) {
  const lines = budget.windows.flatMap((window) =>
    ["tokens", "usd"]
      .filter((unit) => window[unit]?.limit !== null && window[unit]?.limit !== undefined)
      .map((unit) => ({ window, unit, amounts: window[unit] })),
  );
  const fullest = Math.max(-1, ...lines.map((line) => ratio(line.amounts)));
  return { agentId: budget.agentId, windows: budget.windows, lines, fullest };
}

function fullestFirst(a, b) {
  return b.fullest - a.fullest || (a.agentId < b.agentId ? -1 : 1);
}

function create({ agentId }) {
  const free = el("p", { class: "free" });
  const lines = el("ul", { class: "lines" });
  const name = el("a", { class: "agent", href: streamHref(agentId) }, agentId);
  const state = el("span", { class: "badge" });
  const node = el("li", {}, el("p", { class: "who" }, name, state), lines, free);
  node.parts = { free, lines, state };
  return node;
}

function update(node, budget) {
  const { free, lines, state } = node.parts;
  const exceeded = budget.windows.some((window) => window.state === "exceeded");
  attr(node, "data-level", exceeded ? "bad" : null);
  text(state, exceeded ? "stopped" : "");
  state.hidden = !exceeded;
  const keyOf = (line) => `${line.window.window} ${line.unit}`;
  keyed(lines, budget.lines, keyOf, createLine, (line, now) =>
    updateLine(line, now, budget.agentId),
  );
  free.hidden = budget.lines.length > 0;
  text(free, free.hidden ? "" : `no limit · ${spentToday(budget)}`);
}

function spentToday({ windows }) {
  const day = windows.find((window) => window.window === "day");
  const { tokens, usd } = day ?? {};
  return `${amount(tokens?.spent)} tokens, ${roughDollars(usd?.spent)} today`;
}

function createLine() {
  const bar = createBar();
  const label = el("span", { class: "window" });
  const figures = el("span", { class: "figures" });
  const resets = el("span", { class: "resets" });
  const node = el("li", {}, label, bar, figures, resets);
  node.parts = { bar, label, figures, resets };
  return node;
}

function updateLine(node, { window, unit, amounts }, agentId) {
  const { bar, label, figures, resets } = node.parts;
  text(label, window.window);
  updateBar(bar, `${unit} of ${agentId} this ${window.window}`, amounts);
  text(figures, figuresOf(unit, amounts));
  attr(figures, "title", inFull(unit, amounts) + limitWords(window));
  const resetsAt = millis(window.resetsAt);
  const leftMs = resetsAt === null ? 0 : Math.max(0, resetsAt - serverNow());
  text(resets, resetsAt === null ? "" : `resets in ${span(leftMs)}`);
}

function figuresOf(unit, { limit, spent, reserved }) {
  const write = unit === "usd" ? (usd) => dollars(usd, 2) : briefAmount;
  const held = Number(reserved ?? 0) > 0 ? ` + ${write(reserved)}` : "";
  const suffix = unit === "usd" ? "" : " tokens";
  return `${write(spent)}${held} of ${write(limit)}${suffix}`;
}

function inFull(unit, { limit, spent, reserved }) {
  const write = unit === "usd" ? dollars : exact;
  return `${write(spent)} spent, ${write(reserved)} reserved, limit ${write(limit)} ${unit}`;
}

function limitWords({ limitSetBy, limitUntil }) {
  const until = limitUntil ? ` until ${fullTime(limitUntil)}` : "";
  return limitSetBy ? `, limit set by ${limitSetBy}${until}` : "";
}

customElements.define("budget-list", BudgetList);
