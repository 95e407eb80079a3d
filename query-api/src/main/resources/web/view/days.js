// UTC days, dense: the API may leave out days without spending, a chart may not.
import { serverNow } from "../live/clock.js";

const DAY_MS = 86_400_000;
const FIGURES = [
  "costUsd",
  "calls",
  "inputTokens",
  "outputTokens",
  "cacheCreationTokens",
  "cacheReadTokens",
];
const inUtc = (parts) => new Intl.DateTimeFormat("en-GB", { ...parts, timeZone: "UTC" });
const FORMATS = {
  date: inUtc({ day: "numeric", month: "short" }),
  weekday: inUtc({ weekday: "short", day: "numeric" }),
  full: inUtc({ weekday: "short", day: "numeric", month: "short" }),
};

/** The last count days, oldest first, each with every figure, zero where nothing was spent. */
export function daysUntilToday(count, daily) {
  const known = new Map((daily ?? []).map((day) => [day.day, day]));
  return Array.from({ length: count }, (_, i) => {
    const at = serverNow() - (count - 1 - i) * DAY_MS;
    const day = new Date(at).toISOString().slice(0, 10);
    const figures = FIGURES.map((name) => [name, Number(known.get(day)?.[name] ?? 0)]);
    return { day, ...Object.fromEntries(figures) };
  });
}

/** form is "date" (17 Nov), "weekday" (Tue 17) or "full" (Tue 17 Nov). */
export function dayWords(day, form) {
  return FORMATS[form].format(new Date(`${day}T00:00:00Z`)).replace(",", "");
}
