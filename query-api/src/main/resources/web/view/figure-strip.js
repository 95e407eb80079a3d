// The figures one looks at first. Those that ask for action take colour only when not zero.
import { serverNow } from "../live/clock.js";
import { standing } from "../live/standing.js";
import { attr, el, text } from "./element.js";
import { amount, exact, NONE, plural, roughDollars } from "./words.js";

const FIGURES = [
  ["agents", "Agents"],
  ["stuck", "Stuck"],
  ["missing", "Missing"],
  ["stopped", "Over budget"],
  ["spent", "Spent today"],
  ["tokens", "Tokens today"],
];

class FigureStrip extends HTMLElement {
  connectedCallback() {
    this.figures = new Map();
    const list = el("dl");
    for (const [name, label] of FIGURES) {
      const value = el("dd", { class: "value" }, NONE);
      const note = el("dd", { class: "note" });
      list.append(el("div", { "data-figure": name }, el("dt", {}, label), value, note));
      this.figures.set(name, { value, note });
    }
    this.append(list);
  }

  show(snapshot) {
    this.hidden = snapshot.isEmpty();
    this.#agents(snapshot);
    this.#stuck(snapshot);
    this.#budgets(snapshot);
    this.#money(snapshot.daily);
  }

  #agents(snapshot) {
    if (snapshot.agents === null) {
      return;
    }
    const stuckIds = snapshot.stuckIds();
    const kinds = snapshot.agents.map((agent) => standing(agent, stuckIds).kind);
    const count = (kind) => kinds.filter((one) => one === kind).length;
    const stalled = count("stalled");
    const notes = [`${exact(count("working"))} working`];
    this.#set("agents", exact(kinds.length), stalled ? [`${stalled} without progress`] : notes);
    const missing = snapshot.agents.filter((agent) => agent.missing).length;
    this.#set("missing", exact(missing), ["silent too long"], "bad");
  }

  /** No answer is not zero: the dash stays until there is one, and an old figure says so. */
  #stuck(snapshot) {
    if (snapshot.sessions !== null) {
      const notes = [plural(snapshot.stuckSessions().length, "session")];
      this.#set("stuck", exact(snapshot.stuckIds().size), notes, "bad");
    }
    if (snapshot.refusals.stuck) {
      text(this.figures.get("stuck").note, "not answered now");
    }
  }

  #budgets({ budgets, refusals }) {
    if (refusals.budgets) {
      text(this.figures.get("stopped").note, "not answered now");
    }
    if (budgets === null || refusals.budgets) {
      return;
    }
    const having = (state) =>
      budgets.filter((budget) => budget.windows.some((window) => window.state === state)).length;
    const level = having("exceeded") > 0 ? "bad" : "";
    this.#set("stopped", exact(having("exceeded")), [`${exact(having("warning"))} warned`], level);
  }

  #money(daily) {
    if (daily === null) {
      return;
    }
    const day = new Date(serverNow()).toISOString().slice(0, 10);
    const today = daily.find((one) => one.day === day);
    this.#set("spent", roughDollars(today?.costUsd), [`${exact(today?.calls)} calls, UTC day`]);
    const fresh = (today?.inputTokens ?? 0) + (today?.outputTokens ?? 0);
    const cached = (today?.cacheCreationTokens ?? 0) + (today?.cacheReadTokens ?? 0);
    this.#set("tokens", amount(fresh + cached), [`${amount(cached)} of them cache`]);
  }

  #set(name, value, notes, level = "") {
    const figure = this.figures.get(name);
    text(figure.value, value);
    text(figure.note, value === "0" && level ? "" : notes.join(", "));
    attr(figure.value.parentNode, "data-level", value === "0" ? null : level || null);
  }
}

customElements.define("figure-strip", FigureStrip);
