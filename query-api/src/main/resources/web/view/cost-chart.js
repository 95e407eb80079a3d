// Spending per UTC day as bars: dollars, or tokens stacked by kind. The same figures stand in a
// table for those who cannot see it.
import uPlot from "/webjars/uplot/1.6.30/dist/uPlot.esm.js";
import { CHART_HEIGHT_PX, KINDS, chartData, chartOptions } from "./cost-bars.js";
import { dayWords, daysUntilToday } from "./days.js";
import { attr, el, keyed, text } from "./element.js";
import { amount, dollars, exact } from "./words.js";

class CostChart extends HTMLElement {
  connectedCallback() {
    this.sum = el("b", {});
    this.kinds = KINDS.map(() => el("i", { class: "kind" }));
    this.plot = el("div", { class: "plot", role: "img" });
    this.rows = el("tbody");
    const heads = ["Day", "Cost", "Calls", ...KINDS.map(([, words]) => words)];
    const head = el("tr", {}, ...heads.map((words) => el("th", { scope: "col" }, words)));
    this.append(
      el("p", { class: "readout" }, this.sum, ...this.kinds),
      this.plot,
      el("div", { class: "unseen" }, el("table", {}, el("thead", {}, head), this.rows)),
    );
    new ResizeObserver(() => this.#fit()).observe(this.plot);
    const dark = matchMedia("(prefers-color-scheme: dark)");
    dark.addEventListener("change", () => this.#draw());
  }

  /** metric is "usd" or "tokens". */
  show(daily, metric, count) {
    const days = daysUntilToday(count, daily);
    const drawn = JSON.stringify([metric, days]);
    if (drawn === this.drawn) {
      return; // the page shows itself every second, the figures change now and then
    }
    this.drawn = drawn;
    this.days = days;
    this.metric = metric;
    this.#draw();
    keyed(this.rows, days, (day) => day.day, createDay, updateDay);
    attr(this.plot, "aria-label", `Bars per day, ${this.sum.textContent}`);
  }

  #draw() {
    this.chart?.destroy();
    const style = getComputedStyle(this);
    const read = (index) => this.#read(index);
    const options = chartOptions(this.days, this.metric, style, this.plot.clientWidth, read);
    this.chart = new uPlot(options, chartData(this.days, this.metric), this.plot);
    this.#read(null);
  }

  #fit() {
    const width = this.plot.clientWidth;
    if (this.chart && width > 0 && width !== this.chart.width) {
      this.chart.setSize({ width, height: CHART_HEIGHT_PX });
    }
  }

  /** The line above the plot: the day under the pointer, else the sum. */
  #read(index) {
    const day = this.days[index];
    const spent = day ?? sumOf(this.days);
    const when = day ? dayWords(day.day, "full") : `${this.days.length} days`;
    text(this.sum, `${when}: ${dollars(spent.costUsd)} in ${exact(spent.calls)} calls`);
    this.kinds.forEach((kind, i) => {
      const [name, words] = KINDS[i];
      kind.hidden = this.metric === "usd";
      text(kind, `${words} ${amount(spent[name])}`);
    });
  }
}

function sumOf(days) {
  const names = ["costUsd", "calls", ...KINDS.map(([name]) => name)];
  const sum = (name) => days.reduce((all, day) => all + day[name], 0);
  return Object.fromEntries(names.map((name) => [name, sum(name)]));
}

function createDay() {
  return el("tr", {}, el("th", { scope: "row" }), ...Array.from({ length: 6 }, () => el("td")));
}

function updateDay(row, day) {
  const figures = KINDS.map(([name]) => exact(day[name]));
  const words = [day.day, dollars(day.costUsd), exact(day.calls), ...figures];
  words.forEach((word, i) => text(row.children[i], word));
}

customElements.define("cost-chart", CostChart);
