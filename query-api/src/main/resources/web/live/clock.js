// The server's time, so that "12 s ago" is right on a machine whose clock is not.
const SKEW_IGNORED_MS = 2_000; // the Date header has whole seconds, and the answer was on its way

let skewMs = 0;

export function learnFrom(dateHeader) {
  const serverMs = Date.parse(dateHeader ?? "");
  if (!Number.isNaN(serverMs)) {
    const found = serverMs - Date.now();
    skewMs = Math.abs(found) > SKEW_IGNORED_MS ? found : 0;
  }
}

export function serverNow() {
  return Date.now() + skewMs;
}

/** Milliseconds since a time of the API (ISO-8601 or epoch ms), or null when there is none. */
export function since(time) {
  const at = millis(time);
  return at === null ? null : Math.max(0, serverNow() - at);
}

/** Epoch milliseconds of a time of the API, or null. */
export function millis(time) {
  if (time === null || time === undefined || time === "") {
    return null;
  }
  const at = new Date(time).getTime();
  return Number.isNaN(at) ? null : at;
}
