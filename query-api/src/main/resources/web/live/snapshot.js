// Everything the page knows, at one moment. Immutable: a round of answers makes the next one.
// state: "first" before any answer, "live", "refused" (heard, but nothing to show), "away".

export class Snapshot {
  constructor(fields) {
    Object.assign(this, fields);
    Object.freeze(this);
  }

  static nothing(days) {
    return new Snapshot({
      state: "first",
      since: Date.now(),
      answeredAt: null,
      nextTryAt: null,
      position: null,
      refusals: {},
      signInWanted: false,
      agents: null,
      complete: true,
      budgets: null,
      sessions: null,
      escalations: null,
      telemetry: null,
      daily: null,
      summary: null,
      days,
    });
  }

  with(fields) {
    return new Snapshot({ ...this, ...fields });
  }

  /** The state from now on; `since` moves only when the state changes. */
  turned(state, fields) {
    const since = state === this.state ? this.since : Date.now();
    return this.with({ ...fields, state, since });
  }

  stuckSessions() {
    return (this.sessions ?? []).filter((session) => session.stuck);
  }

  stuckIds() {
    return new Set(this.stuckSessions().map((session) => session.agentId));
  }

  agent(agentId) {
    return (this.agents ?? []).find((agent) => agent.agentId === agentId) ?? null;
  }

  /** True when the API has answered and nobody has ever said anything. */
  isEmpty() {
    const calls = this.summary?.total?.calls ?? 0;
    return this.agents !== null && this.agents.length === 0 && calls === 0;
  }
}
