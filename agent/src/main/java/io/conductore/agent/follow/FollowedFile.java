package io.conductore.agent.follow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.conductore.agent.transcript.Labels;
import io.conductore.agent.transcript.LiveTranscript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * One path and whatever file has it. Open while it is written; a file that is cut or replaced is
 * told to its end, as far as it is still there, and the new one from its beginning. For one thread.
 */
final class FollowedFile {
  /** So long without a change it is closed; another look opens it again when it has grown. */
  static final Duration IDLE = Duration.ofMinutes(5);

  private final Path path;
  private final Labels labels;
  private final InstantSource clock;
  private @Nullable FileMark mark;
  private @Nullable LiveTranscript open;
  private Instant changedAt = Instant.EPOCH;
  private long size = -1;

  /** Where events go. */
  interface Sink {
    void take(ObjectNode event) throws InterruptedException;
  }

  /** @param mark how far an earlier life told it; null for none */
  FollowedFile(Path path, Labels labels, InstantSource clock, @Nullable FileMark mark) {
    this.path = path;
    this.labels = labels;
    this.clock = clock;
    this.mark = mark;
  }

  /** Tells what is new; false once the file is gone and all of it told. */
  boolean look(Sink sink) throws IOException, InterruptedException {
    if (open != null && open.isOvertaken()) {
      open.end();
      tell(open, sink);
      close();
      mark = null;
    }
    if (!Files.exists(path)) {
      return false;
    }
    BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
    if (open == null && !isDone(now.size())) {
      open = LiveTranscript.open(path, labels, clock, toldBefore());
    }
    if (now.size() != size) {
      size = now.size();
      changedAt = now.lastModifiedTime().toInstant();
    }
    if (open != null) {
      tell(open, sink);
      mark = new FileMark(size, open.toldTo(), !open.holdsBack(), open.head());
      closeWhenIdle(open);
    }
    return true;
  }

  /** To be written down once everything that was told is acknowledged. */
  @Nullable
  FileMark mark() {
    return mark;
  }

  void close() {
    LiveTranscript closing = open;
    open = null;
    if (closing != null) {
      try {
        closing.close();
      } catch (IOException nothingWasWritten) {
        // A file that was only read.
      }
    }
  }

  private static void tell(LiveTranscript transcript, Sink sink)
      throws IOException, InterruptedException {
    for (var event = transcript.next(); event.isPresent(); event = transcript.next()) {
      sink.take(event.get());
    }
  }

  private boolean isDone(long sizeNow) {
    return mark != null && mark.isDone(sizeNow);
  }

  /** Of a file that was cut or written anew nothing was told. */
  private long toldBefore() throws IOException {
    boolean same =
        mark != null && Files.size(path) >= mark.toldTo() && mark.head().isOf(path);
    return same && mark != null ? mark.toldTo() : 0;
  }

  private void closeWhenIdle(LiveTranscript transcript) {
    boolean idle = !changedAt.plus(IDLE).isAfter(clock.instant());
    if (idle && !transcript.holdsBack()) {
      close();
    }
  }
}
