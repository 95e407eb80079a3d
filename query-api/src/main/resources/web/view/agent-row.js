// One agent as a table row. Created once per agent, then only updated.
import { fullTime, age, exact, issueName, NONE } from "./words.js";
import { attr, el, text } from "./element.js";
import { streamHref } from "./links.js";

const COLUMNS = ["state", "issue", "seen", "heartbeat", "progress", "provider"];
const COUNTS = ["guardBlocks", "errors", "events"];

export function createAgentRow({ agent }) {
  const cells = {};
  for (const name of [...COLUMNS, ...COUNTS]) {
    const numeric = COUNTS.includes(name) || ["seen", "heartbeat", "progress"].includes(name);
    cells[name] = el("td", { "data-col": name, class: numeric ? "number" : null });
  }
  cells.badge = el("span", { class: "badge" });
  cells.state.append(cells.badge);
  cells.issueLink = el("a", {});
  cells.issue.append(cells.issueLink);
  cells.open = el("a", { class: "agent", href: streamHref(agent.agentId) }, agent.agentId);
  cells.about = el("span", { class: "about" });
  const head = el("th", { scope: "row", "data-col": "agent" }, cells.open, cells.about);
  const row = el("tr", {}, head, ...[...COLUMNS, ...COUNTS].map((name) => cells[name]));
  row.parts = cells;
  row.addEventListener("click", (event) => {
    if (!event.target.closest("a") && getSelection().isCollapsed) {
      cells.open.click(); // the whole row is a target; the link is what the keyboard has
    }
  });
  return row;
}

export function updateAgentRow(row, { agent, standing }) {
  const cells = row.parts;
  attr(row, "data-standing", standing.kind);
  text(cells.about, about(agent));
  text(cells.badge, standing.words);
  issue(cells, agent);
  time(cells.seen, agent.lastSeen);
  time(cells.heartbeat, agent.lastHeartbeat);
  time(cells.progress, agent.lastProgress);
  text(cells.provider, agent.provider ?? NONE);
  for (const name of COUNTS) {
    const count = Number(agent[name] ?? 0);
    text(cells[name], exact(count));
    attr(cells[name], "data-zero", count === 0);
  }
}

function issue(cells, agent) {
  const name = issueName(agent.currentRepo, agent.currentIssue);
  text(cells.issueLink, name ?? NONE);
  const linked = agent.currentRepo && name.includes("#");
  attr(cells.issueLink, "href", linked ? streamHref(name) : null);
}

function time(cell, at) {
  text(cell, age(at));
  attr(cell, "title", fullTime(at) || null);
}

function about(agent) {
  const instances = agent.instances?.length ?? 0;
  const parts = [agent.role, instances > 1 ? `${instances} instances` : null];
  return parts.filter(Boolean).join(" · ");
}
