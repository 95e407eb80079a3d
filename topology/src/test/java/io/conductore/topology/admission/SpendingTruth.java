package io.conductore.topology.admission;

import io.conductore.topology.budget.BudgetLimits;
import io.conductore.topology.budget.Scope;
import io.conductore.topology.budget.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The checker: what agents in fact did with what they were allowed, in the plainest way. A call
 * holds all that it asked for until it ends, and counts in the hour and the day in which it ended.
 */
final class SpendingTruth {
  private final BudgetLimits limits;
  private final Map<String, Call> calls = new TreeMap<>();

  private static final class Call {
    private final List<Scope> scopes;
    private final long asked;
    private final long expiresAtMs;
    private @Nullable Long endedMs;
    private long used;

    private Call(List<Scope> scopes, long asked, long expiresAtMs) {
      this.scopes = scopes;
      this.asked = asked;
      this.expiresAtMs = expiresAtMs;
    }

    private boolean isOpen(long nowMs) {
      return endedMs == null && nowMs < expiresAtMs;
    }
  }

  SpendingTruth(BudgetLimits limits) {
    this.limits = limits;
  }

  /** The same reservation again is the same call; the same id at another time is another. */
  void allowed(Ask ask, long atMs, long expiresAtMs) {
    calls.putIfAbsent(
        Ask.id(ask.agentId(), ask.requestId()) + "@" + atMs,
        new Call(ask.scopes(), ask.amount().tokens(), expiresAtMs));
  }

  void ended(String name, long used, long atMs) {
    Call call = calls.get(name);
    call.endedMs = atMs;
    call.used = used;
  }

  /** The tenant, the pool or the issue of a call; null for none. */
  @Nullable
  String idOf(String name, Scope.Kind kind) {
    return calls.get(name).scopes.stream()
        .filter(scope -> scope.kind() == kind)
        .map(Scope::id)
        .findFirst()
        .orElse(null);
  }

  long askedBy(String name) {
    return calls.get(name).asked;
  }

  /** Their names: agent/request@time. */
  List<String> open(long nowMs) {
    return calls.entrySet().stream()
        .filter(entry -> entry.getValue().isOpen(nowMs))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Every limit that more was spent and held of than it allows, in words. */
  List<String> overruns(long nowMs) {
    List<String> overruns = new ArrayList<>();
    calls.values().stream()
        .flatMap(call -> call.scopes.stream())
        .distinct()
        .forEach(scope -> scope.windows().forEach(window -> {
          Long limit = limits.of(scope, window).tokens();
          long used = used(scope, window, nowMs);
          if (limit != null && used > limit) {
            overruns.add(scope.words() + " " + window.word() + ": " + used + " of " + limit);
          }
        }));
    return overruns;
  }

  private long used(Scope scope, Window window, long nowMs) {
    long sum = 0;
    for (Call call : calls.values()) {
      if (call.scopes.contains(scope)) {
        Long endedMs = call.endedMs;
        if (call.isOpen(nowMs)) {
          sum += call.asked;
        } else if (endedMs != null && window.bucketAt(endedMs) == window.bucketAt(nowMs)) {
          sum += call.used;
        }
      }
    }
    return sum;
  }
}
