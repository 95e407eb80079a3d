// One limit as a bar: spent is solid, reserved is striped, marks stand at 80, 90 and 100 %.
import { attr, el, text } from "./element.js";
import { percent } from "./words.js";

export const MARKS = [0.8, 0.9, 1];
const SCALE_MAX = 1.1; // so that the mark at 100 % is not the edge

export function createBar() {
  const spent = el("span", { class: "spent" });
  const reserved = el("span", { class: "reserved" });
  const track = el("span", { class: "track", role: "meter", "aria-valuemin": "0" });
  track.append(spent, reserved);
  for (const mark of MARKS) {
    const tick = el("span", { class: "mark" });
    tick.style.left = width(mark);
    track.append(tick);
  }
  const words = el("span", { class: "percent" });
  const node = el("span", { class: "bar" }, track, words);
  node.parts = { spent, reserved, track, words };
  return node;
}

/** amounts are { limit, spent, reserved } in one unit; limit is not null. */
export function updateBar(node, label, amounts) {
  const parts = node.parts;
  const used = ratio(amounts);
  const solid = Math.min(share(amounts.spent, amounts.limit), SCALE_MAX);
  const striped = Math.min(share(amounts.reserved, amounts.limit), SCALE_MAX - solid);
  parts.spent.style.width = width(solid);
  parts.reserved.style.width = width(striped);
  parts.reserved.style.left = width(solid);
  attr(node, "data-level", used >= 1 ? "bad" : used >= MARKS[0] ? "warn" : null);
  attr(parts.track, "aria-label", label);
  attr(parts.track, "aria-valuemax", Math.max(100, Math.floor(used * 100)));
  attr(parts.track, "aria-valuenow", Math.floor(used * 100));
  attr(parts.track, "aria-valuetext", percent(used));
  text(parts.words, percent(used));
}

/** Spent plus reserved over the limit; a limit of zero is used up. */
export function ratio({ limit, spent, reserved }) {
  return share(Number(spent) + Number(reserved ?? 0), limit);
}

function share(part, limit) {
  return Number(limit) > 0 ? Number(part ?? 0) / Number(limit) : 1;
}

function width(share) {
  return `${((share / SCALE_MAX) * 100).toFixed(2)}%`;
}
