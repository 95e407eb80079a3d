package io.conductore.query.read;

import io.conductore.topology.activity.SessionState;
import io.conductore.topology.stuck.Alarm;
import io.conductore.topology.stuck.Verdict;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Collectors;

/** What an agent's hook can show to its model: why it seems to go in circles, and what to do. */
public final class NudgeText {
  private static final String STUCK =
      "A person was called, and you get no new work until there is progress.";

  private NudgeText() {}

  /** Empty while none of the sessions shows a pattern. */
  public static Optional<String> of(Collection<SessionState> sessions) {
    String text = sessions.stream()
        .map(SessionState::alarm)
        .filter(alarm -> !alarm.verdicts().isEmpty())
        .map(NudgeText::of)
        .distinct()
        .collect(Collectors.joining("\n"));
    return text.isEmpty() ? Optional.empty() : Optional.of(text + "\n");
  }

  private static String of(Alarm alarm) {
    String advice =
        alarm.verdicts().stream().map(Verdict::advice).collect(Collectors.joining("\n"));
    return alarm.isStuck() ? advice + "\n" + STUCK : advice;
  }
}
