// How the bars are drawn: what uPlot is told, with the colours of the page.
import uPlot from "/webjars/uplot/1.6.30/dist/uPlot.esm.js";
import { dayWords } from "./days.js";
import { briefAmount, dollars } from "./words.js";

export const CHART_HEIGHT_PX = 220;
/** Bottom of the stack first. */
export const KINDS = [
  ["cacheReadTokens", "cache read", "--tint-1"],
  ["cacheCreationTokens", "cache write", "--tint-2"],
  ["inputTokens", "input", "--tint-3"],
  ["outputTokens", "output", "--tint-4"],
];
const HEADROOM = 1.08;
const LABEL_WIDTH_PX = 58;
const WIDTH_UNTIL_LAID_OUT_PX = 480;

/** Columns for uPlot. Of a stack the top comes first, so that the others are drawn over it. */
export function chartData(days, metric) {
  const x = days.map((_, i) => i);
  if (metric === "usd") {
    return [x, days.map((day) => day.costUsd)];
  }
  const sums = x.map(() => 0);
  const stacked = KINDS.map(([kind]) => x.map((i) => (sums[i] += days[i][kind])));
  return [x, ...stacked.reverse()];
}

export function chartOptions(days, metric, style, width, read) {
  const colour = (name) => style.getPropertyValue(name).trim();
  const last = days.length - 1;
  const usd = metric === "usd";
  const fills = usd ? ["--accent"] : KINDS.map(([, , tint]) => tint).reverse();
  const paths = uPlot.paths.bars({ size: [0.62, 46] });
  const bar = (name) => ({ fill: colour(name), width: 0, points: { show: false }, paths });
  return {
    width: width || WIDTH_UNTIL_LAID_OUT_PX,
    height: CHART_HEIGHT_PX,
    legend: { show: false },
    cursor: { y: false, points: { show: false }, drag: { x: false, y: false } },
    scales: {
      x: { time: false, range: [-0.6, last + 0.6] },
      y: { range: (_, min, max) => [0, max > 0 ? max * HEADROOM : 1] },
    },
    axes: axes(days, usd, style, colour),
    series: [{}, ...fills.map(bar)],
    hooks: { setCursor: [(chart) => read(chart.cursor.idx)] },
  };
}

function axes(days, usd, style, colour) {
  const last = days.length - 1;
  const font = `12px ${style.fontFamily}`;
  const axis = { stroke: colour("--ink-3"), font, ticks: { show: false } };
  const step = (chart) => Math.ceil((days.length * LABEL_WIDTH_PX) / Math.max(1, chart.width));
  const labelled = (chart) => days.map((_, i) => i).filter((i) => (last - i) % step(chart) === 0);
  const form = days.length > 7 ? "date" : "weekday";
  return [
    {
      ...axis,
      size: 30,
      grid: { show: false },
      splits: labelled,
      values: (_, at) => at.map((i) => dayWords(days[i].day, form)),
    },
    {
      ...axis,
      size: 58,
      space: 44,
      grid: { stroke: colour("--line"), width: 1 },
      values: (_, at) => at.map((n) => (usd ? axisDollars(n, at) : briefAmount(n))),
    },
  ];
}

/** As many decimals as the step between two lines needs. */
function axisDollars(usd, lines) {
  const step = (lines[1] ?? 1) - (lines[0] ?? 0);
  return usd === 0 ? "$0" : dollars(usd, step >= 1 ? 0 : step >= 0.1 ? 1 : step >= 0.01 ? 2 : 4);
}
