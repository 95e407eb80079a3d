package io.conductore.topology.cursor;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who of this partition wants every event of a type. Held in memory and made anew from the cursors
 * when a task begins. Not thread-safe.
 */
final class Audience {
  private final Map<String, Set<String>> agentsByType = new HashMap<>();

  void add(Cursor cursor) {
    if (cursor.subscription().all()) {
      cursor
          .subscription()
          .types()
          .forEach(type ->
              agentsByType.computeIfAbsent(type, any -> new TreeSet<>()).add(cursor.agentId()));
    }
  }

  void remove(Cursor cursor) {
    agentsByType.values().forEach(agents -> agents.remove(cursor.agentId()));
  }

  Set<String> of(String type) {
    return Set.copyOf(agentsByType.getOrDefault(type, Set.of()));
  }
}
