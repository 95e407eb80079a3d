package io.conductore.topology.stuck;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;

/**
 * A session shows a pattern: how far it goes, since when, and the events that show it.
 *
 * @param sinceMs when the first event happened that shows it
 * @param evidence the newest events that show it, oldest first, at most {@link #EVIDENCE_MAX}
 * @param tool the tool of the newest of them; empty where no tool matters
 * @param count how often it shows
 * @param size what else its sentence says: the length of the cycle, the files, the allowance
 */
public record Verdict(
    Pattern pattern,
    Level level,
    long sinceMs,
    List<EventRef> evidence,
    String tool,
    int count,
    long size) {
  public static final int EVIDENCE_MAX = 12;
  static final int EVIDENCE_BYTES_MAX = 310;
  private static final int TOOL_CHARS_MAX = 60;

  public Verdict {
    evidence = List.copyOf(evidence);
    tool = tool.length() > TOOL_CHARS_MAX ? tool.substring(0, TOOL_CHARS_MAX) : tool;
  }

  /** By steps, oldest first and at least one. */
  static Verdict of(Pattern pattern, Level level, List<Step> shown, int count, long size) {
    return new Verdict(
        pattern,
        level,
        shown.getFirst().atMs(),
        newest(shown.size(), i -> shown.get(i).event()),
        shown.getLast().tool(),
        count,
        size);
  }

  /** By what was said, oldest first and at least one. */
  static Verdict ofSaid(Pattern pattern, Level level, List<Said> shown) {
    return new Verdict(
        pattern,
        level,
        shown.getFirst().atMs(),
        newest(shown.size(), i -> shown.get(i).event()),
        "",
        shown.size(),
        0);
  }

  /** The ids of the events that show it. */
  public List<String> evidenceIds() {
    return evidence.stream().map(EventRef::id).toList();
  }

  /** A sentence for a person. */
  public String explanation() {
    return switch (pattern) {
      case SAME_ERROR -> "%s failed with the same error, %d times in a row".formatted(tool, count);
      case SAME_TOOL -> "%s was called %d times with equal input and result".formatted(tool, count);
      case CYCLE ->
        "the same %d calls, ending with %s, were made %d times over with equal results"
            .formatted(size, tool, count);
      case NO_OUTPUT ->
        "%d calls in a row printed nothing and repeated earlier ones, the last with %s"
            .formatted(count, tool);
      case NO_CHANGE ->
        "%d steps in a row got nothing done and left the repository at %d files"
            .formatted(count, size);
      case SAME_MESSAGE ->
        "the same message came %d times, with no action between".formatted(count);
      case COMPACTION ->
        "the context was compacted %d times, with no new work between".formatted(count);
      case CONTEXT_BURN -> "%d %% of %d input tokens are used".formatted(count, size);
    };
  }

  /** The sentence for the agent, with what it can do. */
  public String advice() {
    String sentence = explanation();
    return Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1) + ". "
        + pattern.advice();
  }

  void write(Encoder to) throws IOException {
    to.writeString(pattern.word());
    to.writeBoolean(level == Level.STUCK);
    to.writeLong(sinceMs);
    to.writeInt(evidence.size());
    for (EventRef event : evidence) {
      event.write(to);
    }
    to.writeString(tool);
    to.writeInt(count);
    to.writeLong(size);
  }

  static Verdict read(Decoder from) throws IOException {
    String word = from.readString();
    Pattern pattern = Pattern.ofWord(word)
        .orElseThrow(() -> new IOException("a verdict of a pattern that is not known: " + word));
    Level level = from.readBoolean() ? Level.STUCK : Level.NUDGE;
    long sinceMs = from.readLong();
    int count = from.readInt();
    List<EventRef> evidence = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      evidence.add(EventRef.read(from));
    }
    return new Verdict(
        pattern, level, sinceMs, evidence, from.readString(), from.readInt(), from.readLong());
  }

  private static List<EventRef> newest(int count, IntFunction<EventRef> events) {
    int first = count;
    int bytes = 0;
    while (first > 0 && count - first < EVIDENCE_MAX) {
      bytes += events.apply(first - 1).bytes();
      if (bytes > EVIDENCE_BYTES_MAX && first < count) {
        break;
      }
      first--;
    }
    List<EventRef> newest = new ArrayList<>(count - first);
    for (int i = first; i < count; i++) {
      newest.add(events.apply(i));
    }
    return newest;
  }
}
