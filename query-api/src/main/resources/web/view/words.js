// How figures and times are written: the same everywhere, short, and with tabular numerals in mind.
import { millis, since } from "../live/clock.js";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
export const NONE = "–";

const whole = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });
const time = new Intl.DateTimeFormat("en-GB", {
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
});

/** 950, 81.2 k, 4.21 M. */
export function amount(count) {
  const n = Number(count ?? 0);
  if (n < 1_000) {
    return whole.format(n);
  }
  const [size, unit] = n < 999_500 ? [1e3, "k"] : n < 999.5e6 ? [1e6, "M"] : [1e9, "G"];
  const scaled = n / size;
  const decimals = scaled < 10 ? 2 : scaled < 100 ? 1 : 0;
  return `${scaled.toFixed(decimals)} ${unit}`;
}

/** The same without zeros that say nothing, for running text: 8 k, 1 M. */
export function briefAmount(count) {
  return amount(count).replace(/\.0+(?= )|(?<=\.\d)0+(?= )/, "");
}

export function exact(count) {
  return whole.format(Number(count ?? 0));
}

/** Four decimals, since one call costs less than a cent. */
export function dollars(usd, decimals = 4) {
  const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  return `$${Number(usd ?? 0).toLocaleString("en-US", digits)}`;
}

/** Two decimals where they say enough. */
export function roughDollars(usd) {
  return dollars(usd, Number(usd ?? 0) >= 1 ? 2 : 4);
}

export function percent(ratio) {
  return `${Math.floor(ratio * 100 + 1e-9)} %`;
}

/** 3 s, 12 min, 5 h, 2 d. */
export function span(ms) {
  if (ms < MINUTE) {
    return `${Math.floor(ms / SECOND)} s`;
  }
  if (ms < HOUR) {
    return `${Math.floor(ms / MINUTE)} min`;
  }
  return ms < 2 * DAY ? `${Math.floor(ms / HOUR)} h` : `${Math.floor(ms / DAY)} d`;
}

/** How long ago a time of the API is, or a dash. */
export function age(at) {
  const ms = since(at);
  return ms === null ? NONE : span(ms);
}

export function clockTime(at) {
  const ms = millis(at);
  return ms === null ? NONE : time.format(ms);
}

/** The full time for a tooltip. */
export function fullTime(at) {
  const ms = millis(at);
  return ms === null ? "" : new Date(ms).toISOString();
}

export function plural(count, one, many = `${one}s`) {
  return `${exact(count)} ${count === 1 ? one : many}`;
}

export function issueName(repo, number) {
  return number === null || number === undefined ? repo || null : `${repo ?? ""}#${number}`;
}
