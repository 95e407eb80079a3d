// All agents, those that need somebody first. Rows are bounded; the filter reaches the others.
import { byStanding, standing } from "../live/standing.js";
import { createAgentRow, updateAgentRow } from "./agent-row.js";
import { el, keyed, text } from "./element.js";
import { exact } from "./words.js";

const ROWS_MAX = 200;
const FILTER_FROM_AGENTS = 9;
const HEADS = [
  ["agent", "Agent"],
  ["state", "State"],
  ["issue", "Working on"],
  ["seen", "Seen", "Time since anything was heard"],
  ["heartbeat", "Heartbeat", "Time since the last heartbeat: alive"],
  ["progress", "Progress", "Time since the last event that is work: getting on"],
  ["provider", "Provider"],
  ["guardBlocks", "Blocked", "Commands that the guard refused"],
  ["errors", "Errors"],
  ["events", "Events"],
];

class AgentTable extends HTMLElement {
  connectedCallback() {
    this.filter = el("input", {
      type: "search",
      placeholder: "Filter agents",
      "aria-label": "Filter agents by id, issue, provider or state",
    });
    this.filter.addEventListener("input", () => this.show(this.snapshot));
    this.body = el("tbody");
    this.note = el("p", { class: "note" });
    const heads = HEADS.map(([name, label, title]) =>
      el("th", { scope: "col", "data-col": name, title }, label),
    );
    this.append(
      el("header", {}, el("h2", {}, "Agents"), this.filter),
      el("table", {}, el("thead", {}, el("tr", {}, ...heads)), this.body),
      this.note,
    );
  }

  show(snapshot) {
    this.snapshot = snapshot;
    const { agents } = snapshot;
    this.hidden = agents === null || agents.length === 0;
    if (this.hidden) {
      return;
    }
    const stuckIds = snapshot.stuckIds();
    const rows = agents.map((agent) => ({ agent, standing: standing(agent, stuckIds) }));
    const matching = rows.filter((row) => matches(row, this.filter.value)).sort(byStanding);
    const shown = matching.slice(0, ROWS_MAX);
    this.filter.hidden = agents.length < FILTER_FROM_AGENTS;
    keyed(this.body, shown, (row) => row.agent.agentId, createAgentRow, updateAgentRow);
    text(this.note, noteOn(agents.length, matching.length, shown.length));
  }
}

function matches({ agent, standing: { words } }, wanted) {
  const needle = wanted.trim().toLowerCase();
  const fields = [agent.agentId, agent.role, agent.currentRepo, agent.provider, words];
  const issue = `${agent.currentRepo ?? ""}#${agent.currentIssue ?? ""}`;
  return [...fields, issue].some((field) => (field ?? "").toLowerCase().includes(needle));
}

function noteOn(all, matching, shown) {
  if (shown < matching) {
    return `${exact(shown)} of ${exact(matching)} agents. Filter to see the others.`;
  }
  return matching < all ? `${exact(matching)} of ${exact(all)} agents match.` : "";
}

customElements.define("agent-table", AgentTable);
