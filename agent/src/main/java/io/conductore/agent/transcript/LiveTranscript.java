package io.conductore.agent.transcript;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The events of a transcript that is still written. Tool calls are told as soon as their result is
 * there; a message, whose usage may grow, once nothing was written for a minute or 1,024 lines
 * passed without it. For one thread.
 *
 * <p>It reads from the beginning also when an earlier life told a part of it: turns, open calls and
 * sessions come from what stands before.
 */
public final class LiveTranscript implements Closeable {
  private final Path file;
  private final WholeLines tail;
  private final TranscriptEvents events;
  private final @Nullable Object key;
  private final long toldBefore;
  private FileHead head;

  private LiveTranscript(
      Path file, WholeLines tail, TranscriptEvents events, @Nullable Object key, long toldBefore)
      throws IOException {
    this.file = file;
    this.tail = tail;
    this.events = events;
    this.key = key;
    this.toldBefore = toldBefore;
    this.head = FileHead.of(file);
  }

  /**
   * Opens a transcript.
   *
   * @param toldBefore {@link #toldTo} of an earlier life; 0 for none
   */
  public static LiveTranscript open(Path file, Labels labels, InstantSource clock, long toldBefore)
      throws IOException {
    WholeLines tail = WholeLines.open(file, clock);
    try {
      TranscriptEvents events =
          TranscriptEvents.live(tail, labels, Files.getLastModifiedTime(file).toInstant());
      return new LiveTranscript(file, tail, events, keyOf(file), toldBefore);
    } catch (IOException e) {
      tail.close();
      throw e;
    }
  }

  /** The next event; empty while there is none, which is not for ever. */
  public Optional<ObjectNode> next() throws IOException {
    Optional<TranscriptEvents.Told> told = events.nextTold();
    while (told.isPresent() && told.get().offset() < toldBefore) {
      told = events.nextTold();
    }
    return told.map(TranscriptEvents.Told::event);
  }

  /**
   * What begins before this place is told; to be asked when {@link #next} came back empty. Behind
   * it some may be told as well, and is told again by another life.
   */
  public long toldTo() {
    return Math.max(toldBefore, events.toldTo());
  }

  /** True while a message waits for its last line. */
  public boolean holdsBack() {
    return events.holdsBack();
  }

  /** True once the file was cut, replaced or taken away. */
  public boolean isOvertaken() throws IOException {
    if (tail.isCut() || !Files.exists(file) || !Objects.equals(key, keyOf(file))) {
      return true;
    }
    if (!head.isOf(file)) {
      return true;
    }
    head = head.grown(file);
    return false;
  }

  /** Nothing is to come: what is held back is told by the next calls of {@link #next}. */
  public void end() {
    tail.end();
  }

  /** By which a later life knows the file again. */
  public FileHead head() {
    return head;
  }

  public Flaws flaws() {
    return events.flaws();
  }

  @Override
  public void close() throws IOException {
    events.close();
  }

  /** The inode where there are any. */
  private static @Nullable Object keyOf(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
  }
}
