package io.conductore.agent.transcript;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.conductore.schemas.evidence.Digests;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One message of the model while its lines are still coming in. The CLI writes a line per content
 * block, all with the same message id, and the usage in them is the same or grows: the last one is
 * what was billed.
 */
final class OpenMessage {
  private static final String MODEL_UNKNOWN = "unknown";

  private final Origin origin;
  private final String name;
  private final int turn;
  private final long offset;
  private final Set<String> parts = new LinkedHashSet<>();
  private @Nullable TokenCounts usage;
  private @Nullable String model;
  private @Nullable String requestId;
  private long lastLine;
  private Instant lastWritten = Instant.EPOCH;

  /**
   * @param origin when its first line was written, which stays the same while a live file grows
   * @param name the message id
   * @param offset where its first line begins
   */
  OpenMessage(Origin origin, String name, int turn, long offset) {
    this.origin = origin;
    this.name = name;
    this.turn = turn;
    this.offset = offset;
  }

  int turn() {
    return turn;
  }

  long lastLine() {
    return lastLine;
  }

  long offset() {
    return offset;
  }

  /** When its last line was on disk at the latest. */
  Instant lastWritten() {
    return lastWritten;
  }

  void add(TranscriptLine.Message message, long line, Instant written) {
    lastLine = line;
    lastWritten = written;
    usage = message.usage() == null ? usage : message.usage();
    model = message.model() == null ? model : message.model();
    requestId = message.requestId() == null ? requestId : message.requestId();
    // A set, because a line that was written twice says nothing new.
    for (Block block : message.blocks()) {
      switch (block) {
        case Block.Text text -> parts.add("text " + Digests.ofText(text.text()));
        case Block.ToolUse use -> parts.add(use.tool() + " " + use.inputDigest());
        case Block.ToolResult result -> {}
      }
    }
  }

  List<ObjectNode> events(EventForms forms) {
    List<ObjectNode> events = new ArrayList<>(2);
    // Telemetry knows the request's id and not the message's, and both tell of one call.
    String told = requestId == null ? name : requestId;
    if (usage != null) {
      String billed = model == null ? MODEL_UNKNOWN : model;
      events.add(forms.usage(origin, new EventForms.Usage(told, usage, billed, requestId, null)));
    }
    Long context = usage == null ? null : usage.context();
    String digest = Digests.exactly(String.join("\n", parts));
    events.add(forms.turn(origin, new EventForms.Turn(told, turn, context, digest)));
    return events;
  }
}
