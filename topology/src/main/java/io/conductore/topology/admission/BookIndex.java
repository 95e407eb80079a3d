package io.conductore.topology.admission;

import io.conductore.topology.budget.Scope;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What finds rows of the book by time or by kinship; made from the rows when the task opens. */
final class BookIndex {
  private final TreeSet<Due> open = new TreeSet<>();
  private final TreeSet<Due> closed = new TreeSet<>();
  private final Map<Scope, Long> stopped = new TreeMap<>();
  private final Map<Scope, Set<String>> members = new HashMap<>();

  /** What is due at a time: an admission by its id. */
  private record Due(long atMs, String id) implements Comparable<Due> {
    @Override
    public int compareTo(Due other) {
      int byTime = Long.compare(atMs, other.atMs);
      return byTime != 0 ? byTime : id.compareTo(other.id);
    }
  }

  BookIndex(Tables tables) {
    tables.admissions().each((id, outcome) -> put(id, null, outcome));
    tables.accounts().each((scope, account) -> put(null, account));
  }

  /** The row of an admission was changed; null for none. */
  void put(String id, @Nullable AdmissionOutcome before, @Nullable AdmissionOutcome after) {
    if (before != null) {
      rows(before).remove(new Due(before.dueMs(), id));
    }
    if (after != null) {
      rows(after).add(new Due(after.dueMs(), id));
    }
  }

  void put(@Nullable Account before, Account after) {
    if (after.isStopped()) {
      stopped.put(after.scope(), after.nextEndMs());
    } else {
      stopped.remove(after.scope());
    }
    if (after.scope().kind() == Scope.Kind.AGENT) {
      if (before != null) {
        homes(before)
            .forEach(home ->
                Objects.requireNonNull(members.get(home)).remove(after.scope().id()));
      }
      homes(after)
          .forEach(home -> members
              .computeIfAbsent(home, first -> new TreeSet<>())
              .add(after.scope().id()));
    }
  }

  /** The reservation that expires first, if it does by this time. */
  @Nullable
  String expired(long nowMs) {
    return !open.isEmpty() && open.first().atMs() <= nowMs ? open.first().id() : null;
  }

  /** The oldest closed admission, if its time is over or there are more than so many. */
  @Nullable
  String forgotten(long nowMs, int rowsMax) {
    boolean due = !closed.isEmpty() && (closed.first().atMs() <= nowMs || closed.size() > rowsMax);
    return due ? closed.first().id() : null;
  }

  /** The first account with a stop that ends by this time. */
  @Nullable
  Scope turned(long nowMs) {
    return stopped.entrySet().stream()
        .filter(entry -> entry.getValue() <= nowMs)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(null);
  }

  /** In an order that is the same in any run. */
  List<Scope> stopped() {
    return List.copyOf(stopped.keySet());
  }

  /** Who spends for this tenant or in this pool, as far as it is known. */
  List<String> membersOf(Scope scope) {
    return List.copyOf(members.getOrDefault(scope, Set.of()));
  }

  /** When time alone changes something next; far beyond every date if it does not. */
  long dueMs() {
    long expires = open.isEmpty() ? Long.MAX_VALUE : open.first().atMs();
    long turns = stopped.values().stream().mapToLong(Long::longValue).min().orElse(Long.MAX_VALUE);
    return Math.min(expires, turns);
  }

  private Set<Due> rows(AdmissionOutcome outcome) {
    return outcome instanceof AdmissionOutcome.Reserved ? open : closed;
  }

  private static List<Scope> homes(Account account) {
    String tenant = account.tenant();
    String pool = account.pool();
    return tenant == null || pool == null
        ? List.of()
        : List.of(Scope.tenant(tenant), Scope.pool(pool));
  }
}
