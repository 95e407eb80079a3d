// One event stream, read backwards in pages from its newest event and forwards as it grows.
// Ordinals are dense from 1, so a page is a range of ordinals.
import { ask } from "./ask.js";

const PAGE_EVENTS = 100;
const SEARCH_PAGES_MAX = 20;

export class Stream {
  events = []; // oldest first
  #from = null; // ordinal before the oldest event held

  /** lastOrdinal is where the stream ends as far as anybody knows; 0 reads from its beginning. */
  constructor(id, lastOrdinal) {
    this.id = id;
    this.lastOrdinal = lastOrdinal;
  }

  get hasEarlier() {
    return this.#from !== null && this.#from > 0;
  }

  async open() {
    this.#from = Math.max(0, this.lastOrdinal - PAGE_EVENTS);
    await this.later();
  }

  /** Takes what came since; true when something did. */
  async later() {
    const newest = this.events.at(-1)?.ordinal ?? this.#from;
    let page = await this.#page(newest, PAGE_EVENTS);
    let grew = false;
    for (let pages = 0; page.length > 0 && pages < SEARCH_PAGES_MAX; pages++) {
      this.events = this.events.concat(page);
      grew = true;
      page = page.length < PAGE_EVENTS ? [] : await this.#page(page.at(-1).ordinal, PAGE_EVENTS);
    }
    return grew;
  }

  async earlier() {
    const to = this.#from;
    this.#from = Math.max(0, to - PAGE_EVENTS);
    const page = await this.#page(this.#from, to - this.#from);
    this.events = page.filter((event) => event.ordinal <= to).concat(this.events);
  }

  /** Reads back until the event is held; false when it is not in the pages we are ready to read. */
  async reach(eventId) {
    const held = () => this.events.some((event) => event.id === eventId);
    for (let pages = 0; !held() && this.hasEarlier && pages < SEARCH_PAGES_MAX; pages++) {
      await this.earlier();
    }
    return held();
  }

  async #page(after, limit) {
    const query = new URLSearchParams({ id: this.id, after, limit });
    return (await ask(`/api/events/stream?${query}`)).body;
  }
}
