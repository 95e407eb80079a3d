// What to do when nothing has been said yet: one curl, one import, one page to read.
import { button, el, text } from "./element.js";

const COPIED_SHOWN_MS = 2_000;

class FirstSteps extends HTMLElement {
  connectedCallback() {
    const curl =
      `curl -sS -X POST ${location.origin}/api/events \\\n` +
      "  -H 'content-type: application/json' \\\n" +
      `  -d '{"type":"HEARTBEAT","agentId":"dev-e","status":"idle"}'`;
    this.append(
      el("h2", {}, "Nothing has been said yet"),
      el("p", {}, "This page fills by itself within two seconds of the first event."),
      el(
        "ol",
        {},
        step("Say that an agent is alive", curl),
        step(
          "Or bring in sessions that already happened",
          "./rig import ~/.claude/projects",
          "Claude Code transcripts and SWE-agent trajectories. Repeating it changes nothing.",
        ),
        step(
          "Then ask",
          `curl -sS ${location.origin}/api/agents`,
          el("span", {}, "Every route is on ", el("a", { href: "/docs" }, "the API page"), "."),
        ),
      ),
    );
  }

  show(snapshot) {
    this.hidden = !snapshot.isEmpty();
  }
}

function step(title, command, note = null) {
  const copy = button("Copy", () => copied(copy, command), { "aria-label": `Copy: ${title}` });
  return el(
    "li",
    {},
    el("h3", {}, title),
    el("div", { class: "command" }, el("pre", {}, el("code", {}, command)), copy),
    note === null ? null : el("p", { class: "note" }, note),
  );
}

async function copied(copy, command) {
  try {
    await navigator.clipboard.writeText(command);
    text(copy, "Copied");
  } catch {
    text(copy, "Select it"); // no clipboard outside https and loopback
  }
  setTimeout(() => text(copy, "Copy"), COPIED_SHOWN_MS);
}

customElements.define("first-steps", FirstSteps);
