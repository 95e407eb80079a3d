// Links into the stream drawer. The address says what is open: it can be shared and gone back from.

/** The fragment that opens a stream, at one of its events if given. */
export function streamHref(streamId, eventId = null) {
  const query = new URLSearchParams({ stream: streamId });
  if (eventId !== null) {
    query.set("event", eventId);
  }
  return `#${query}`;
}

/** { streamId, eventId } of the address, or null when no stream is asked for. */
export function openStream() {
  const query = new URLSearchParams(location.hash.slice(1));
  const streamId = query.get("stream");
  return streamId ? { streamId, eventId: query.get("event") } : null;
}
