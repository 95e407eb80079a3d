// Costs of a period: the days as bars, and a breakdown. The period is asked of the API, the rest is
// a choice of what to look at.
import "./cost-chart.js";
import "./cost-table.js";
import { choice, el } from "./element.js";

const PERIODS = [
  [1, "Today"],
  [7, "7 days"],
  [30, "30 days"],
];
const METRICS = [
  ["usd", "USD"],
  ["tokens", "Tokens"],
];
const CHART_DAYS_MIN = 7;

class CostPanel extends HTMLElement {
  connectedCallback() {
    this.metric = "usd";
    this.chart = el("cost-chart");
    this.table = el("cost-table");
    const periods = choice("Period", PERIODS, 7, (days) => this.#ask(days));
    const metrics = choice("Chart shows", METRICS, this.metric, (metric) => {
      this.metric = metric;
      this.show(this.snapshot);
    });
    this.append(
      el("header", {}, el("h2", {}, "Costs"), metrics, periods),
      el("div", { class: "sides" }, this.chart, this.table),
    );
  }

  #ask(days) {
    this.dispatchEvent(new CustomEvent("days-chosen", { bubbles: true, detail: days }));
  }

  show(snapshot) {
    this.snapshot = snapshot;
    this.hidden = snapshot.isEmpty() || (snapshot.daily === null && snapshot.summary === null);
    if (this.hidden) {
      return;
    }
    this.chart.show(snapshot.daily, this.metric, Math.max(snapshot.days, CHART_DAYS_MIN));
    this.table.show(snapshot.summary);
  }
}

customElements.define("cost-panel", CostPanel);
