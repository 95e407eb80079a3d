// Who, or what, the money went to: one breakdown at a time, dearest first.
import { choice, el, keyed, text } from "./element.js";
import { amount, dollars, exact, NONE, percent } from "./words.js";

const ROWS_MAX = 50;
const BREAKDOWNS = [
  ["byAgent", "Agent", "agentId"],
  ["byModel", "Model", "model"],
  ["byRepo", "Repository", "repo"],
  ["byCategory", "Category", "category"],
];
const TOKENS = ["inputTokens", "outputTokens", "cacheCreationTokens", "cacheReadTokens"];
const HEADS = ["Cost", "Share", "Calls", "Input", "Output", "Cache write", "Cache read"];

class CostTable extends HTMLElement {
  connectedCallback() {
    this.by = "byAgent";
    const options = BREAKDOWNS.map(([by, words]) => [by, words]);
    const tabs = choice("Break costs down by", options, this.by, (by) => this.#turn(by));
    this.head = el("th", { scope: "col" }, "Agent");
    const heads = HEADS.map((words, i) => el("th", { scope: "col", "data-col": i }, words));
    this.body = el("tbody");
    this.foot = createRow();
    this.note = el("p", { class: "note" });
    this.append(
      tabs,
      el(
        "table",
        {},
        el("thead", {}, el("tr", {}, this.head, ...heads)),
        this.body,
        el("tfoot", {}, this.foot),
      ),
      this.note,
    );
  }

  #turn(by) {
    this.by = by;
    this.show(this.summary);
  }

  show(summary) {
    this.summary = summary;
    if (!summary) {
      return;
    }
    const [, words, key] = BREAKDOWNS.find(([by]) => by === this.by);
    const totalUsd = Number(summary.total?.costUsd ?? 0);
    const rows = (summary[this.by] ?? []).map((spent) => ({ name: spent[key], spent, totalUsd }));
    rows.sort((a, b) => b.spent.costUsd - a.spent.costUsd || b.spent.calls - a.spent.calls);
    text(this.head, words);
    const keyOf = (row) => `${this.by} ${row.name}`;
    keyed(this.body, rows.slice(0, ROWS_MAX), keyOf, createRow, updateRow);
    updateRow(this.foot, { name: "Total", spent: summary.total ?? {}, totalUsd });
    const left = rows.length - ROWS_MAX;
    text(this.note, left > 0 ? `${exact(left)} more, each cheaper than these.` : "");
  }
}

function createRow() {
  const name = el("th", { scope: "row" });
  const bar = el("span", { class: "share" });
  const words = el("span", {});
  const cells = HEADS.map((_, i) => el("td", { class: "number", "data-col": i }));
  cells[1].append(el("span", { class: "share-track", "aria-hidden": "true" }, bar), words);
  const row = el("tr", {}, name, ...cells);
  row.parts = { name, cells, bar, words };
  return row;
}

function updateRow(row, { name, spent, totalUsd }) {
  const { name: head, cells, bar, words } = row.parts;
  const share = totalUsd > 0 ? Number(spent.costUsd ?? 0) / totalUsd : 0;
  text(head, name || NONE); // an empty name is usage that nobody attributed
  text(cells[0], dollars(spent.costUsd));
  bar.style.width = `${(share * 100).toFixed(1)}%`;
  text(words, percent(share));
  text(cells[2], exact(spent.calls));
  TOKENS.forEach((kind, i) => {
    text(cells[3 + i], amount(spent[kind]));
    cells[3 + i].title = exact(spent[kind]);
  });
}

customElements.define("cost-table", CostTable);
