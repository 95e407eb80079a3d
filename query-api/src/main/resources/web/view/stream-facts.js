// What is known of the agent whose stream is open, in one line.
import { age, exact, plural } from "./words.js";

/** Empty for an issue, or an agent that nobody heard of. */
export function agentFacts(agent) {
  if (agent === null) {
    return "";
  }
  const instances = (agent.instances ?? []).map(
    ({ instance, lastSeen }) => `${instance} seen ${age(lastSeen)} ago`,
  );
  const parts = [
    agent.role,
    agent.slots ? plural(agent.slots, "slot") : null,
    agent.provider,
    agent.capabilities?.length ? `can ${agent.capabilities.join(", ")}` : null,
    `heartbeat ${age(agent.lastHeartbeat)}, progress ${age(agent.lastProgress)} ago`,
    agent.guardBlocks ? `${exact(agent.guardBlocks)} blocked` : null,
    instances.length > 0 ? `instances ${instances.join(", ")}` : null,
  ];
  return parts.filter(Boolean).join(" · ");
}
