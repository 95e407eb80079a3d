// How fresh the page is: live with its position, or since when nobody answers.
import { attr, button, el, text } from "./element.js";
import { clockTime, span } from "./words.js";

const POSITION_CHARS_SHOWN = 28;

class FreshnessLine extends HTMLElement {
  connectedCallback() {
    this.dot = el("span", { class: "pulse", "aria-hidden": "true" });
    this.words = el("span", { class: "words" });
    this.position = el("code", { class: "position" });
    this.retry = button("Try now", () => this.ask(), { hidden: true });
    this.spoken = el("span", { class: "unseen", role: "status" }); // says state changes only
    this.append(this.dot, this.words, this.position, this.retry, this.spoken);
  }

  ask() {
    this.dispatchEvent(new CustomEvent("try-now", { bubbles: true }));
  }

  show(snapshot) {
    const { state } = snapshot;
    attr(this, "data-state", state === "live" && partly(snapshot) ? "partly" : state);
    text(this.words, words(snapshot));
    text(this.position, shortened(snapshot.position));
    attr(this.position, "title", `Position of the last answer: ${snapshot.position}`);
    this.position.hidden = state !== "live" || snapshot.position === null;
    this.retry.hidden = state !== "away" && state !== "refused";
    text(this.spoken, spoken(snapshot));
  }
}

function partly(snapshot) {
  return !snapshot.complete || Object.keys(snapshot.refusals).length > 0;
}

function words(snapshot) {
  const now = Date.now();
  if (snapshot.state === "first") {
    return "Asking…";
  }
  if (snapshot.state === "live") {
    const ago = span(now - snapshot.answeredAt);
    return [`Live · answered ${ago} ago`, ...partlyWords(snapshot)].join(" · ");
  }
  const last = snapshot.answeredAt;
  const inMs = Math.max(0, snapshot.nextTryAt - now);
  return [
    snapshot.state === "away"
      ? `Not answering since ${clockTime(snapshot.since)}`
      : snapshot.refusals.all,
    last === null ? "no answer yet" : `last answer ${span(now - last)} ago`,
    `asking again in ${span(inMs)}`,
  ].join(" · ");
}

function partlyWords(snapshot) {
  const words = Object.entries(snapshot.refusals).map(([name, why]) => `${name}: ${why}`);
  return snapshot.complete ? words : ["some partitions cannot answer", ...words];
}

function spoken(snapshot) {
  if (snapshot.state === "live") {
    return partly(snapshot) ? "Some answers are missing" : "Live";
  }
  return { first: "", refused: snapshot.refusals.all, away: "Not answering" }[snapshot.state];
}

/** Tokens can be long: the ends tell two apart. */
function shortened(position) {
  if (position === null || position.length <= POSITION_CHARS_SHOWN) {
    return position ?? "";
  }
  const half = POSITION_CHARS_SHOWN / 2 - 1;
  return `${position.slice(0, half)}…${position.slice(-half)}`;
}

customElements.define("freshness-line", FreshnessLine);
