package io.conductore.agent.transcript;

import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.conductore.schemas.evidence.Digests;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * A Claude Code transcript as events, read once from front to back in bounded memory.
 *
 * <p>The last usage of a message is known only when no further line of it comes. So a message is
 * held until {@value #LOOKAHEAD_LINES_MAX} lines have passed without it, and everything behind it
 * waits in order; lines of one message are neighbours except for the results of parallel tools
 * between them. A line that comes later still belongs to its turn, but its usage is too late to
 * count.
 *
 * <p>A tool call is told with its result. A call without one, as at the end of a session that still
 * runs, is not told yet: a second import would otherwise bring the same id with another outcome.
 *
 * <p>Messages of the model {@code <synthetic>} are the CLI's own words ("API Error: ..."): no usage
 * and no turn.
 */
final class TranscriptEvents implements RunEvents {
  static final int LOOKAHEAD_LINES_MAX = 1_024;

  private static final int WAITING_MAX = 10_000;
  private static final int CALLS_OPEN_MAX = 10_000;
  private static final int IDS_REMEMBERED_MAX = 100_000;
  private static final int SESSIONS_REMEMBERED_MAX = 1_000;
  private static final String AGENT_BY_DEFAULT = "claude-code";
  private static final String SYNTHETIC = "<synthetic>";
  private static final ObjectReader JSON = RunJson.wholeText();

  private final BoundedLines lines;
  /** Null for a file that nobody writes any more. */
  private final @Nullable WholeLines tail;

  private final EventForms forms;
  private final SessionTrack track;
  private final Flaws flaws = new Flaws();
  private final Queue<Slot> waiting = new ArrayDeque<>();
  private final Queue<Told> ready = new ArrayDeque<>();
  private final Map<String, OpenMessage> open = new HashMap<>();
  private final Recent<String, Integer> turns = new Recent<>(IDS_REMEMBERED_MAX);
  private final Recent<String, OpenCall> calls = new Recent<>(CALLS_OPEN_MAX);
  private final Recent<String, Integer> jobs = new Recent<>(SESSIONS_REMEMBERED_MAX);
  private final Recent<String, Boolean> told = new Recent<>(IDS_REMEMBERED_MAX);
  private @Nullable String sessionIdByDefault;
  private int lastTurn;
  private boolean recognised;
  private boolean exhausted;

  /** A place in the order of events. */
  private sealed interface Slot {
    record OfMessage(String key, OpenMessage message) implements Slot {}

    /** Also a compaction: known whole as soon as it is read. */
    record OfCall(ObjectNode event, long offset) implements Slot {}
  }

  /** An event and where in the file that which it tells of begins. */
  record Told(ObjectNode event, long offset) {}

  /**
   * A tool at work.
   *
   * @param since null when its line has no time of its own: an inherited one would make up a
   *     duration
   */
  private record OpenCall(
      String tool, String inputDigest, int turn, @Nullable Instant since, Waiting.Kind waiting) {}

  TranscriptEvents(InputStream in, Labels labels, Instant lastModified) {
    this(in, null, labels, lastModified);
  }

  private TranscriptEvents(
      InputStream in, @Nullable WholeLines tail, Labels labels, Instant lastModified) {
    this.lines = new BoundedLines(in);
    this.tail = tail;
    this.forms = new EventForms(labels, AGENT_BY_DEFAULT);
    this.track = new SessionTrack(lastModified);
  }

  static TranscriptEvents open(Path file, Labels labels) throws IOException {
    Instant lastModified =
        Files.getLastModifiedTime(file).toInstant().truncatedTo(ChronoUnit.MILLIS);
    return new TranscriptEvents(Files.newInputStream(file), labels, lastModified);
  }

  /** Of a file that is still written; see {@link LiveTranscript}. */
  static TranscriptEvents live(WholeLines tail, Labels labels, Instant lastModified) {
    return new TranscriptEvents(tail, tail, labels, lastModified.truncatedTo(ChronoUnit.MILLIS));
  }

  @Override
  public Optional<ObjectNode> next() throws IOException {
    return nextTold().map(Told::event);
  }

  Optional<Told> nextTold() throws IOException {
    while (ready.isEmpty()) {
      Slot head = waiting.peek();
      if (head != null && settled(head)) {
        waiting.remove();
        release(head);
      } else if (exhausted) {
        return Optional.empty();
      } else if (lines.advance()) {
        readLine();
      } else if (tail == null || tail.hasEnded()) {
        exhausted = true;
      } else if (!releaseQuiet(tail)) {
        return Optional.empty();
      }
    }
    return Optional.of(ready.remove());
  }

  /** Where the first event that waits begins; behind all lines when none does. */
  long toldTo() {
    return waiting.stream().mapToLong(TranscriptEvents::offset).min().orElse(lines.position());
  }

  boolean holdsBack() {
    return !waiting.isEmpty();
  }

  @Override
  public long bytesRead() {
    return lines.bytesRead();
  }

  @Override
  public Flaws flaws() {
    return flaws;
  }

  @Override
  public boolean recognised() {
    return recognised;
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }

  private boolean settled(Slot slot) {
    if (exhausted || waiting.size() > WAITING_MAX) {
      return true;
    }
    return switch (slot) {
      case Slot.OfMessage held -> lines.number() - held.message().lastLine() > LOOKAHEAD_LINES_MAX;
      case Slot.OfCall call -> true;
    };
  }

  /**
   * At the end of what is written: calls wait for nothing, and of a message that was left alone for
   * long nothing more will come. False when there is none of either.
   */
  private boolean releaseQuiet(WholeLines file) {
    List<Slot> quiet = waiting.stream()
        .filter(slot -> switch (slot) {
          case Slot.OfMessage held -> file.isQuietSince(held.message().lastWritten());
          case Slot.OfCall call -> true;
        })
        .toList();
    waiting.removeAll(quiet);
    quiet.forEach(this::release);
    return !quiet.isEmpty();
  }

  private static long offset(Slot slot) {
    return switch (slot) {
      case Slot.OfMessage held -> held.message().offset();
      case Slot.OfCall call -> call.offset();
    };
  }

  private void release(Slot slot) {
    switch (slot) {
      case Slot.OfMessage held -> {
        open.remove(held.key());
        held.message().events(forms).forEach(event -> tell(event, offset(slot)));
      }
      case Slot.OfCall call -> tell(call.event(), offset(slot));
    }
  }

  /** A damaged or copied file can name one message or call twice; the first telling stands. */
  private void tell(ObjectNode event, long offset) {
    if (told.addIfNew(event.path("eventId").asText(), true)) {
      ready.add(new Told(event, offset));
    }
  }

  private void readLine() {
    if (lines.blank()) {
      return;
    }
    if (lines.oversize()) {
      flaws.add(lines.number(), "line over " + BoundedLines.LINE_BYTES_MAX + " bytes");
      return;
    }
    if (sessionIdByDefault == null) {
      // By content and not by file name, so that a copy elsewhere is the same session.
      sessionIdByDefault = "unnamed-" + lineDigest();
    }
    switch (parsed()) {
      case TranscriptLine.Broken broken -> flaws.add(lines.number(), broken.reason());
      case TranscriptLine.Aside aside -> {
        recognised |= aside.ofTranscript();
        track.follow(aside.setting(), sessionIdByDefault);
      }
      case TranscriptLine.Compacted line -> {
        recognised = true;
        track.follow(line.setting(), sessionIdByDefault);
        String name = line.name() == null ? "line " + lineDigest() : line.name();
        waiting.add(new Slot.OfCall(forms.compaction(track.origin(), name, line), lines.offset()));
      }
      case TranscriptLine.Said said -> {
        recognised = true;
        track.follow(said.setting(), sessionIdByDefault);
        take(said);
      }
    }
  }

  private TranscriptLine parsed() {
    try {
      return TranscriptLine.of(JSON.readTree(lines.bytes(), 0, lines.length()));
    } catch (IOException e) {
      return new TranscriptLine.Broken("not JSON");
    }
  }

  private void take(TranscriptLine.Said said) {
    Origin origin = track.origin();
    TranscriptLine.Message message = said.message();
    if (said.byModel() && !SYNTHETIC.equals(message.model())) {
      int turn = turn(origin, message);
      for (Block block : message.blocks()) {
        if (block instanceof Block.ToolUse use) {
          calls.addIfNew(
              key(origin, use.id()),
              new OpenCall(
                  use.tool(), use.inputDigest(), turn, said.setting().at(), use.waiting()));
        }
      }
    }
    for (Block block : message.blocks()) {
      if (block instanceof Block.ToolResult result) {
        finish(origin, result, said.setting().at());
      }
    }
  }

  /** Adds the line to its message and answers the message's turn. */
  private int turn(Origin origin, TranscriptLine.Message message) {
    String name = message.id() == null ? "line " + lineDigest() : message.id();
    String key = key(origin, name);
    OpenMessage held = open.get(key);
    if (held == null) {
      Integer earlier = turns.get(key);
      if (earlier != null) {
        return earlier;
      }
      held = new OpenMessage(origin, name, ++lastTurn, lines.offset());
      open.put(key, held);
      turns.addIfNew(key, held.turn());
      waiting.add(new Slot.OfMessage(key, held));
    }
    held.add(message, lines.number(), tail == null ? Instant.EPOCH : tail.writtenAt());
    return held.turn();
  }

  private void finish(Origin origin, Block.ToolResult result, @Nullable Instant until) {
    OpenCall call = calls.remove(key(origin, result.useId()));
    if (call == null) {
      return;
    }
    EventForms.Call whole = new EventForms.Call(
        result.useId(),
        call.turn(),
        call.tool(),
        call.inputDigest(),
        PlainText.ofContent(result.content()),
        result.failed(),
        tookMs(call.since(), until),
        waits(call.waiting(), origin.sessionId()));
    if (!result.failed()) {
      boolean over = Waiting.tellsOfAnEnd(call.tool(), whole.output());
      follow(over ? Waiting.Kind.ENDS_JOB : call.waiting(), origin.sessionId());
    }
    waiting.add(new Slot.OfCall(forms.call(origin, whole), lines.offset()));
  }

  /** A look is a wait while a job runs that was started in the background. */
  private boolean waits(Waiting.Kind kind, String sessionId) {
    Integer running = jobs.get(sessionId);
    return kind == Waiting.Kind.SLEEPS
        || (kind == Waiting.Kind.LOOKS && running != null && running > 0);
  }

  private void follow(Waiting.Kind kind, String sessionId) {
    Integer running = jobs.remove(sessionId);
    int before = running == null ? 0 : running;
    int change = kind == Waiting.Kind.STARTS_JOB ? 1 : kind == Waiting.Kind.ENDS_JOB ? -1 : 0;
    jobs.addIfNew(sessionId, Math.max(0, before + change));
  }

  private static @Nullable Long tookMs(@Nullable Instant since, @Nullable Instant until) {
    return since == null || until == null || until.isBefore(since)
        ? null
        : Duration.between(since, until).toMillis();
  }

  private String lineDigest() {
    return Digests.ofBytes(lines.bytes(), lines.length());
  }

  /** Message and tool ids are unique within a session; scripted and replayed ones not beyond it. */
  private static String key(Origin origin, String id) {
    return origin.sessionId() + '\n' + id;
  }
}
