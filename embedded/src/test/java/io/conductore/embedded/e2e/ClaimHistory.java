package io.conductore.embedded.e2e;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What claimers saw, and what is wrong with it. Every try of a claim is one operation with the time
 * before and after; a claim that is tried again keeps its key. Knows nothing of how claims are
 * decided.
 */
final class ClaimHistory {
  private final ConcurrentLinkedQueue<Try> tries = new ConcurrentLinkedQueue<>();

  /** What a try came to, as its client saw it. */
  sealed interface Seen {
    /** An assignment. */
    record Ok(String issue, int attempt, long token) implements Seen {}

    /** Surely nothing. */
    record Fail(String reason) implements Seen {}

    /** No answer, or one that does not say. */
    record Unknown() implements Seen {}
  }

  /** One request, with readings of one monotonic clock. */
  record Try(String agent, String key, long invokedNs, long returnedNs, Seen seen) {}

  /** What the stream of an issue says about one assignment. */
  record Streamed(String agent, int attempt, long token) {}

  /** A claim: all its tries together. */
  private record Claim(String agent, String key, long invokedNs, long returnedNs, Seen.Ok given) {}

  void add(Try one) {
    tries.add(one);
  }

  long count(Class<? extends Seen> kind) {
    return tries.stream().filter(one -> kind.isInstance(one.seen())).count();
  }

  /** How many different assignments were seen. */
  long assignments() {
    return tries.stream()
        .filter(one -> one.seen() instanceof Seen.Ok)
        .map(Try::seen)
        .distinct()
        .count();
  }

  /**
   * Everything that contradicts what is promised; empty when nothing does.
   *
   * @param order all issues in the order in which they stood in the queue before the first claim
   * @param streams of each issue, its assignments as its stream tells them
   */
  List<String> wrongs(List<String> order, Map<String, List<Streamed>> streams) {
    List<String> wrongs = new ArrayList<>();
    Map<String, Claim> claims = claims(wrongs);
    notExactlyOnce(claims, order, wrongs);
    outOfOrder(claims, order, wrongs);
    otherThanStreams(claims, streams, wrongs);
    return wrongs;
  }

  /** By key; a key with two different assignments is wrong. */
  private Map<String, Claim> claims(List<String> wrongs) {
    Map<String, Long> invokedNs = new HashMap<>();
    tries.forEach(one -> invokedNs.merge(one.key(), one.invokedNs(), Math::min));
    Map<String, Claim> claims = new TreeMap<>();
    for (Try one : tries) {
      if (one.seen() instanceof Seen.Ok ok) {
        Claim known = claims.get(one.key());
        if (known != null && !known.given().equals(ok)) {
          wrongs.add("claim %s was given %s and %s".formatted(one.key(), known.given(), ok));
        }
        long returnedNs =
            known == null ? one.returnedNs() : Math.min(known.returnedNs(), one.returnedNs());
        long began = invokedNs.get(one.key());
        claims.put(one.key(), new Claim(one.agent(), one.key(), began, returnedNs, ok));
      }
    }
    return claims;
  }

  private static void notExactlyOnce(
      Map<String, Claim> claims, List<String> order, List<String> wrongs) {
    Map<String, Claim> byAttempt = new HashMap<>();
    Map<Long, Claim> byToken = new HashMap<>();
    for (Claim claim : claims.values()) {
      Seen.Ok given = claim.given();
      Claim same = byAttempt.put(given.issue() + " attempt " + given.attempt(), claim);
      if (same != null) {
        wrongs.add("%s was given to %s and %s".formatted(given, same.agent(), claim.agent()));
      }
      Claim fenced = byToken.put(given.token(), claim);
      if (fenced != null) {
        wrongs.add("%s and %s have one token".formatted(given, fenced.given()));
      }
    }
    Set<String> assigned =
        Set.copyOf(claims.values().stream().map(claim -> claim.given().issue()).toList());
    order.stream()
        .filter(issue -> !assigned.contains(issue))
        .forEach(issue -> wrongs.add(issue + " was given to nobody"));
  }

  /** Of two first attempts, the one that ended before the other began must stand before it. */
  private static void outOfOrder(
      Map<String, Claim> claims, List<String> order, List<String> wrongs) {
    Map<String, Integer> places = new HashMap<>();
    order.forEach(issue -> places.put(issue, places.size()));
    List<Claim> byEnd = claims.values().stream()
        .filter(claim -> claim.given().attempt() == 1)
        .sorted(Comparator.comparingLong(Claim::returnedNs))
        .toList();
    for (Claim later : byEnd) {
      for (Claim earlier : byEnd) {
        if (earlier.returnedNs() >= later.invokedNs()) {
          break;
        }
        int first = places.getOrDefault(earlier.given().issue(), -1);
        if (first > places.getOrDefault(later.given().issue(), -1)) {
          wrongs.add("%s was given before %s".formatted(earlier.given(), later.given()));
        }
        if (earlier.given().token() >= later.given().token()) {
          wrongs.add("the token of %s is not above %s".formatted(later.given(), earlier.given()));
        }
      }
    }
  }

  private static void otherThanStreams(
      Map<String, Claim> claims, Map<String, List<Streamed>> streams, List<String> wrongs) {
    Map<String, List<Streamed>> answered = new TreeMap<>();
    for (Claim claim : claims.values()) {
      Seen.Ok given = claim.given();
      answered
          .computeIfAbsent(given.issue(), issue -> new ArrayList<>())
          .add(new Streamed(claim.agent(), given.attempt(), given.token()));
    }
    answered.values().forEach(list -> list.sort(Comparator.comparingLong(Streamed::token)));
    streams.forEach((issue, streamed) -> {
      List<Streamed> told = answered.getOrDefault(issue, List.of());
      if (!streamed.equals(told)) {
        wrongs.add("%s: answers say %s, its stream %s".formatted(issue, told, streamed));
      }
    });
  }
}
