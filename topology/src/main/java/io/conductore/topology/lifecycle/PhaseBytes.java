package io.conductore.topology.lifecycle;

import java.io.IOException;
import java.util.Objects;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;
import org.jspecify.annotations.Nullable;

/** A phase as bytes: all that any phase has, after its name. */
final class PhaseBytes {
  private PhaseBytes() {}

  static void write(Phase phase, Encoder to) throws IOException {
    to.writeString(phase.wireName());
    held(phase.held(), to);
    pull(phase.pull(), to);
    switch (phase) {
      case Phase.Deploying deploying -> {
        IssueStateSerde.text(deploying.mergeSha(), to);
        to.writeInt(deploying.smokeFailures());
      }
      case Phase.Done done -> IssueStateSerde.text(done.mergeSha(), to);
      case Phase.Failed failed -> {
        to.writeString(failed.reason());
        IssueStateSerde.text(failed.detail(), to);
      }
      default -> {
        // Nothing but who holds it and its pull request.
      }
    }
  }

  static Phase read(Decoder from) throws IOException {
    String name = from.readString();
    Assignment held = held(from);
    Pull pull = pull(from);
    return switch (name) {
      case "unknown" -> new Phase.Unknown();
      case "queued" -> new Phase.Queued();
      case "assigned" -> new Phase.Assigned(there(held));
      case "in_progress" -> new Phase.InProgress(there(held), pull);
      case "in_review" -> new Phase.InReview(there(held), there(pull));
      case "deploying" ->
        new Phase.Deploying(there(held), there(pull), IssueStateSerde.text(from), from.readInt());
      case "done" -> new Phase.Done(there(held), there(pull), IssueStateSerde.text(from));
      case "failed" -> new Phase.Failed(from.readString(), IssueStateSerde.text(from), held, pull);
      default -> throw new IOException("no phase is called " + name);
    };
  }

  private static <T> T there(@Nullable T part) {
    return Objects.requireNonNull(part);
  }

  private static void held(@Nullable Assignment held, Encoder to) throws IOException {
    to.writeBoolean(held != null);
    if (held != null) {
      to.writeString(held.agentId());
      number(held.leaseToken(), to);
      to.writeInt(held.attempt());
    }
  }

  private static @Nullable Assignment held(Decoder from) throws IOException {
    return from.readBoolean()
        ? new Assignment(from.readString(), number(from), from.readInt())
        : null;
  }

  private static void pull(@Nullable Pull pull, Encoder to) throws IOException {
    to.writeBoolean(pull != null);
    if (pull != null) {
      to.writeInt(pull.number());
      IssueStateSerde.text(pull.reviewer(), to);
      number(pull.reviewToken(), to);
    }
  }

  private static @Nullable Pull pull(Decoder from) throws IOException {
    return from.readBoolean()
        ? new Pull(from.readInt(), IssueStateSerde.text(from), number(from))
        : null;
  }

  private static void number(@Nullable Long number, Encoder to) throws IOException {
    to.writeBoolean(number != null);
    if (number != null) {
      to.writeLong(number);
    }
  }

  private static @Nullable Long number(Decoder from) throws IOException {
    return from.readBoolean() ? from.readLong() : null;
  }
}
