// One question to the API: its answer with the position it was read at, or a Refusal that says why.
import { learnFrom } from "./clock.js";
import { withToken } from "./token.js";

const ANSWER_WITHIN_MS = 5_000;
const ACCEPT = { Accept: "application/json" };

/** No answer, or a problem. `heard` tells a server that refuses from one that is away. */
export class Refusal extends Error {
  constructor(message, { heard, status = 0, retryAfterMs = 0 }) {
    super(message);
    this.name = "Refusal";
    this.heard = heard;
    this.status = status;
    this.retryAfterMs = retryAfterMs;
  }
}

export async function ask(path) {
  return answer(await fetched(path, {}));
}

/** The same for something that changes state. */
export async function tell(path, body) {
  const headers = withToken({ ...ACCEPT, "Content-Type": "application/json" });
  return answer(await fetched(path, { method: "POST", headers, body: JSON.stringify(body) }));
}

async function answer(response) {
  learnFrom(response.headers.get("Date"));
  if (!response.ok) {
    throw await refusal(response);
  }
  try {
    return { body: await response.json(), position: response.headers.get("X-Position") };
  } catch {
    throw new Refusal("The answer was cut off or is not JSON", { heard: true });
  }
}

async function fetched(path, more) {
  try {
    return await fetch(path, {
      headers: withToken(ACCEPT),
      cache: "no-store",
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      ...more,
    });
  } catch (cause) {
    const late = cause.name === "TimeoutError";
    throw new Refusal(late ? "No answer in 5 s" : "No connection", { heard: false });
  }
}

async function refusal(response) {
  let words = `HTTP ${response.status}`;
  try {
    const problem = await response.json();
    words = [problem.title, problem.detail].filter(Boolean).join(": ") || words;
  } catch {
    // Something between us and the API answered in its own words; the status has to do.
  }
  return new Refusal(words, {
    heard: true,
    status: response.status,
    retryAfterMs: 1_000 * (Number(response.headers.get("Retry-After")) || 0),
  });
}
