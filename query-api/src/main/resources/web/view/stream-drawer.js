// The event stream of an agent or an issue, newest first, at the side of the page. The address
// opens and closes it; while it is open it grows with each round.
import { Stream } from "../live/stream.js";
import { attr, button, el, keyed, text } from "./element.js";
import { openStream } from "./links.js";
import { createEvent, updateEvent } from "./stream-event.js";
import { agentFacts } from "./stream-facts.js";
import { plural } from "./words.js";

class StreamDrawer extends HTMLElement {
  connectedCallback() {
    this.stream = null;
    this.answeredAt = null;
    this.#build();
    window.addEventListener("hashchange", () => this.#follow());
    this.dialog.addEventListener("close", () => this.#closed());
    this.dialog.addEventListener("click", (event) => {
      if (event.target === this.dialog) {
        this.dialog.close(); // the backdrop
      }
    });
  }

  #build() {
    this.name = el("h2", { id: "stream-name" });
    this.facts = el("p", { class: "facts" });
    this.quiet = el("input", { type: "checkbox" });
    this.quiet.addEventListener("change", () => this.#render());
    this.count = el("span", { class: "note" });
    this.trouble = el("p", { class: "trouble", role: "alert", hidden: true });
    this.list = el("ol", { class: "events" });
    this.earlier = button("Earlier events", () => this.#read((stream) => stream.earlier()));
    const close = button("Close", () => this.dialog.close(), { class: "close" });
    const tools = el("label", {}, this.quiet, " Hide heartbeats");
    this.dialog = el(
      "dialog",
      { "aria-labelledby": "stream-name" },
      el("header", {}, this.name, close),
      this.facts,
      el("div", { class: "tools" }, tools, this.count),
      this.trouble,
      this.list,
      this.earlier,
    );
    this.append(this.dialog);
  }

  show(snapshot) {
    this.snapshot = snapshot;
    const wanted = openStream();
    if (!this.dialog.open && wanted && snapshot.state !== "first") {
      this.#follow(); // the page was opened at this address
    }
    if (!this.dialog.open) {
      return;
    }
    text(this.facts, agentFacts(snapshot.agent(this.stream.id)));
    if (snapshot.state === "live" && snapshot.answeredAt !== this.answeredAt && !this.busy) {
      this.answeredAt = snapshot.answeredAt;
      this.#read((stream) => stream.later());
    }
  }

  #follow() {
    const wanted = openStream();
    if (!wanted) {
      this.dialog.close();
      return;
    }
    this.target = wanted.eventId;
    if (this.stream?.id !== wanted.streamId) {
      const lastOrdinal = this.snapshot.agent(wanted.streamId)?.lastOrdinal ?? 0;
      this.stream = new Stream(wanted.streamId, lastOrdinal);
      this.busy = false;
      this.next = null;
      text(this.name, wanted.streamId);
      text(this.facts, agentFacts(this.snapshot.agent(wanted.streamId)));
      this.#render();
    }
    if (!this.dialog.open) {
      this.dialog.showModal();
    }
    this.#read((stream) => this.#reach(stream));
  }

  async #reach(stream) {
    if (stream.events.length === 0) {
      await stream.open();
    }
    if (this.target !== null && !(await stream.reach(this.target))) {
      throw new Error("The event is too far back to be read here");
    }
    this.scrollNext = this.target !== null;
  }

  #closed() {
    this.stream = null;
    if (openStream()) {
      history.pushState(null, "", location.pathname + location.search);
    }
  }

  /** One read at a time; a stream that was left meanwhile is not shown any more. */
  async #read(how) {
    const stream = this.stream;
    if (this.busy || stream === null) {
      this.next = how;
      return;
    }
    this.next = null;
    this.busy = true;
    attr(this.list, "aria-busy", "true");
    let trouble = null;
    try {
      await how(stream);
    } catch (why) {
      trouble = why.message;
    }
    if (stream !== this.stream) {
      return;
    }
    this.busy = false;
    attr(this.list, "aria-busy", null);
    this.trouble.hidden = trouble === null;
    text(this.trouble, trouble ?? "");
    this.#render();
    if (this.next) {
      this.#read(this.next);
    }
  }

  #render() {
    const { events, hasEarlier, id } = this.stream;
    const wanted = this.quiet.checked
      ? events.filter((event) => event.type !== "Heartbeat" || event.id === this.target)
      : events;
    const marks = { evidence: this.#evidence(id), target: this.target };
    const keyOf = (event) => `${id} ${event.ordinal}`;
    const update = (node, event) => updateEvent(node, event, marks);
    keyed(this.list, [...wanted].reverse(), keyOf, createEvent, update);
    this.earlier.hidden = !hasEarlier;
    const reading = this.busy && events.length === 0;
    text(this.count, reading ? "Reading…" : plural(events.length, "event"));
    if (this.scrollNext) {
      this.scrollNext = false;
      this.list.querySelector("[data-target]")?.scrollIntoView({ block: "center" });
    }
  }

  #evidence(agentId) {
    const sessions = this.snapshot.stuckSessions().filter((one) => one.agentId === agentId);
    const verdicts = sessions.flatMap((session) => session.verdicts);
    return new Set(verdicts.flatMap((verdict) => verdict.evidence ?? []));
  }
}

customElements.define("stream-drawer", StreamDrawer);
