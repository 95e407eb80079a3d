package io.conductore.query.claim;

import io.conductore.query.read.PositionToken;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where this process has written last on each partition of the log. Before that is folded, and
 * before it has written at all since it began, an earlier try of a named claim may still stand on
 * the log: then nothing but the log may say that the claim gets nothing.
 */
final class Tail {
  private final Map<PositionToken.Place, Long> ends = new ConcurrentHashMap<>();

  void appended(PositionToken position) {
    position.nextOffsets().forEach((place, next) -> ends.merge(place, next, Math::max));
  }

  /** Something may have been appended, and nobody knows where. */
  void lost() {
    ends.clear();
  }

  /** True if this position is past everything that may have been written here. */
  boolean isBefore(PositionToken position) {
    return position.nextOffsets().entrySet().stream()
        .allMatch(entry -> ends.getOrDefault(entry.getKey(), Long.MAX_VALUE) <= entry.getValue());
  }
}
