package io.conductore.topology.lifecycle;

import io.conductore.topology.state.StateSerde;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;
import org.jspecify.annotations.Nullable;

/** The bytes of an issue's state. */
public final class IssueStateSerde extends StateSerde<IssueState> {
  public IssueStateSerde() {
    super(1);
  }

  @Override
  protected void write(IssueState issue, Encoder to) throws IOException {
    to.writeString(issue.streamId());
    tail(issue.tail(), to);
    brief(issue.brief(), to);
    PhaseBytes.write(issue.phase(), to);
    rounds(issue.rounds(), to);
    History history = issue.history();
    to.writeInt(history.attempt());
    numbers(history.prNumbers(), to);
    writeTexts(history.causes(), to);
    writeTimes(issue.times().enteredMs(), to);
    writeTimes(issue.times().totalMs(), to);
  }

  @Override
  protected IssueState read(int writtenVersion, Decoder from) throws IOException {
    return new IssueState(
        from.readString(),
        new Tail(
            from.readLong(), from.readLong(), from.readLong(), from.readLong(), from.readLong()),
        brief(from),
        PhaseBytes.read(from),
        rounds(from),
        new History(from.readInt(), numbers(from), readTexts(from)),
        new PhaseTimes(readTimes(from), readTimes(from)));
  }

  private static void tail(Tail tail, Encoder to) throws IOException {
    to.writeLong(tail.ordinal());
    to.writeLong(tail.firstMs());
    to.writeLong(tail.lastMs());
    to.writeLong(tail.outOfOrder());
    to.writeLong(tail.stale());
  }

  private static void brief(Brief brief, Encoder to) throws IOException {
    to.writeString(brief.pool());
    writeText(brief.title(), to);
    writeText(brief.milestone(), to);
    to.writeString(brief.priority());
    writeTexts(brief.labels(), to);
    numbers(brief.dependsOn(), to);
    to.writeLong(brief.approvedAtMs());
  }

  private static Brief brief(Decoder from) throws IOException {
    return new Brief(
        from.readString(),
        readText(from),
        readText(from),
        from.readString(),
        readTexts(from),
        numbers(from),
        from.readLong());
  }

  private static void rounds(Rounds rounds, Encoder to) throws IOException {
    to.writeString(rounds.ci().name());
    to.writeInt(rounds.ciFailures());
    to.writeString(rounds.review().name());
    to.writeInt(rounds.disputes());
    writeText(rounds.gate(), to);
    writeText(rounds.head(), to);
    writeTexts(rounds.red(), to);
  }

  private static Rounds rounds(Decoder from) throws IOException {
    return new Rounds(
        Rounds.Outcome.valueOf(from.readString()),
        from.readInt(),
        Rounds.Outcome.valueOf(from.readString()),
        from.readInt(),
        readText(from),
        readText(from),
        readTexts(from));
  }

  private static void numbers(List<Integer> numbers, Encoder to) throws IOException {
    to.writeInt(numbers.size());
    for (int number : numbers) {
      to.writeInt(number);
    }
  }

  private static List<Integer> numbers(Decoder from) throws IOException {
    int count = from.readInt();
    List<Integer> numbers = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      numbers.add(from.readInt());
    }
    return numbers;
  }

  static void text(@Nullable String text, Encoder to) throws IOException {
    writeText(text, to);
  }

  static @Nullable String text(Decoder from) throws IOException {
    return readText(from);
  }
}
