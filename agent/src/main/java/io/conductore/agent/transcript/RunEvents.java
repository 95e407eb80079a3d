package io.conductore.agent.transcript;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/** The events of one recorded run, pulled one at a time in the run's own order. For one thread. */
public interface RunEvents extends Closeable {

  /**
   * The next event, or empty at the end of the run.
   *
   * @throws IOException when the file itself cannot be read; broken content never throws
   */
  Optional<ObjectNode> next() throws IOException;

  /** Bytes of the file read so far, for a progress display. */
  long bytesRead();

  /** What was left out so far; complete once {@link #next} came back empty. */
  Flaws flaws();

  /**
   * False when the file is something else under such a name; a damaged run is still one. Final once
   * {@link #next} came back empty.
   */
  boolean recognised();
}
