// How an agent stands, worst first. A heartbeat is not progress: alive without it is "stalled".
import { since } from "./clock.js";

export const STALLED_AFTER_MS = 10 * 60_000;

const ORDER = ["stuck", "missing", "stalled", "working", "idle", "unknown"];
const RESTING = new Set(["idle", "ready", "waiting", "stopped", "offline"]);

/** { kind, words }: kind is one of ORDER, words may be the agent's own. */
export function standing(agent, stuckIds) {
  if (stuckIds.has(agent.agentId)) {
    return { kind: "stuck", words: "stuck" };
  }
  if (agent.missing || agent.status === "missing") {
    return { kind: "missing", words: "missing" };
  }
  const status = String(agent.status ?? "unknown");
  if (status === "unknown") {
    return { kind: "unknown", words: "unknown" };
  }
  if (RESTING.has(status.toLowerCase())) {
    return { kind: "idle", words: status };
  }
  return isStalled(agent)
    ? { kind: "stalled", words: "no progress" }
    : { kind: "working", words: status };
}

function isStalled(agent) {
  const silentMs = since(agent.lastProgress);
  return silentMs !== null && silentMs > STALLED_AFTER_MS;
}

export function byStanding(a, b) {
  const order = ORDER.indexOf(a.standing.kind) - ORDER.indexOf(b.standing.kind);
  return order || (a.agent.agentId < b.agent.agentId ? -1 : 1);
}
