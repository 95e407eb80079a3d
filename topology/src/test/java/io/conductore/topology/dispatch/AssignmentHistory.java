package io.conductore.topology.dispatch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What happened to the issues of a pool, in the order of its log, and what of that must not happen:
 * an issue in two hands, an attempt given out twice, an issue passed over or lost. Knows nothing of
 * how dispatch works.
 */
final class AssignmentHistory {
  private static final Comparator<Waiting> ORDER = Comparator.comparingInt(Waiting::rank)
      .thenComparingLong(Waiting::approvedAtMs)
      .thenComparing(Waiting::issue);

  private final Map<String, Waiting> waiting = new TreeMap<>();
  private final Map<String, String> holders = new TreeMap<>();
  private final Map<String, Integer> attempts = new HashMap<>();
  private final Set<String> over = new HashSet<>();
  private final List<String> wrongs = new ArrayList<>();
  private long newestToken;

  /**
   * An issue that may be handed out.
   *
   * @param rank 0 for the most urgent
   * @param needs capabilities
   */
  record Waiting(String issue, int rank, long approvedAtMs, Set<String> needs) {}

  void waits(Waiting issue) {
    over.remove(issue.issue());
    waiting.put(issue.issue(), issue);
  }

  /** It waits no longer, and nobody has it: held back, with a human, or over. */
  void leavesQueue(String issue) {
    waiting.remove(issue);
    over.add(issue);
  }

  /** By a claim of an agent with these capabilities; null where the order does not count. */
  void assigned(
      String issue, String agent, int attempt, long token, @Nullable Set<String> capabilities) {
    String holder = holders.put(issue, agent);
    if (holder != null) {
      wrongs.add("double: " + issue + " was given to " + agent + " while " + holder + " had it");
    }
    if (attempt != attempts.getOrDefault(issue, 0) + 1) {
      wrongs.add("attempt: " + issue + " has attempt " + attempt + " after "
          + attempts.getOrDefault(issue, 0));
    }
    if (token <= newestToken) {
      wrongs.add("token: " + token + " after " + newestToken);
    }
    attempts.put(issue, attempt);
    newestToken = Math.max(token, newestToken);
    Waiting given = waiting.remove(issue);
    if (capabilities != null) {
      inOrder(issue, given, capabilities);
    }
  }

  /** The holder has it no longer; what then becomes of it is said next. */
  void ended(String issue) {
    if (holders.remove(issue) == null) {
      wrongs.add("end: nobody had " + issue);
    }
  }

  /**
   * Everything that is wrong.
   *
   * @param queued what the queue holds at the end
   * @param held what agents hold at the end
   */
  List<String> wrongs(Set<String> queued, Set<String> held) {
    List<String> all = new ArrayList<>(wrongs);
    waiting.keySet().stream()
        .filter(issue -> !queued.contains(issue))
        .forEach(issue -> all.add("lost: " + issue + " should wait"));
    holders.keySet().stream()
        .filter(issue -> !held.contains(issue))
        .forEach(issue -> all.add("lost: " + issue + " should be with " + holders.get(issue)));
    held.stream()
        .filter(issue -> !holders.containsKey(issue))
        .forEach(issue -> all.add("held: nobody was given " + issue));
    return all;
  }

  private void inOrder(String issue, @Nullable Waiting given, Set<String> capabilities) {
    if (given == null) {
      wrongs.add(
          "order: " + issue + " was not waiting" + (over.contains(issue) ? " any more" : ""));
      return;
    }
    if (!capabilities.containsAll(given.needs())) {
      wrongs.add("match: " + issue + " needs " + given.needs());
    }
    waiting.values().stream()
        .filter(other -> capabilities.containsAll(other.needs()))
        .filter(other -> ORDER.compare(other, given) < 0)
        .forEach(other -> wrongs.add("order: " + other.issue() + " goes before " + issue));
  }
}
