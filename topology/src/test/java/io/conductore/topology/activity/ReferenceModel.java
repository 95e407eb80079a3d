package io.conductore.topology.activity;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingLong;

import io.conductore.schemas.activity.AgentActivity;
import io.conductore.schemas.activity.AgentRegistered;
import io.conductore.schemas.activity.AgentStuck;
import io.conductore.schemas.activity.BudgetLimitChanged;
import io.conductore.schemas.activity.GoldenTaskCompleted;
import io.conductore.schemas.activity.GuardBlocked;
import io.conductore.schemas.activity.Heartbeat;
import io.conductore.schemas.activity.MemoryWrite;
import io.conductore.schemas.activity.TokenUsage;
import io.conductore.schemas.activity.ToolCall;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the state must be, from the set of distinct events. It sorts, filters and sums all of them
 * anew and uses no fold, no state record and no key of the product: wrong in other ways than the
 * product, if it is wrong.
 */
final class ReferenceModel {
  private static final long HOUR_MS = 3_600_000;
  private static final int WINDOWS = 4;
  private static final int CALLS = 40;
  private static final int INSTANCES = 32;

  /** When it happened; among equal times the greater first eight bytes of the id's key win. */
  private static final Comparator<AgentActivity> LATEST = comparingLong(
          AgentActivity::getOccurredAtMs)
      .thenComparingLong(event -> tie(event.getEventId()));

  private final List<AgentActivity> events;

  private ReferenceModel(Collection<AgentActivity> deliveries) {
    Map<String, AgentActivity> distinct = new TreeMap<>();
    deliveries.forEach(event -> distinct.put(event.getEventId(), event));
    this.events = List.copyOf(distinct.values());
  }

  static Facts of(Collection<AgentActivity> deliveries) {
    ReferenceModel model = new ReferenceModel(deliveries);
    return new Facts(
        model.grouped(all -> true, AgentActivity::getStreamId, ReferenceModel::agent),
        model.grouped(ReferenceModel::ofSession, ReferenceModel::session, ReferenceModel::session),
        model.grouped(is(TokenUsage.class), ReferenceModel::costRow, ReferenceModel::usage));
  }

  private Map<String, Map<String, Object>> grouped(
      Predicate<AgentActivity> which,
      Function<AgentActivity, String> key,
      Function<List<AgentActivity>, Map<String, Object>> facts) {
    return events.stream()
        .filter(which)
        .collect(Collectors.groupingBy(
            key, TreeMap::new, Collectors.collectingAndThen(Collectors.toList(), facts)));
  }

  private static Map<String, Object> agent(List<AgentActivity> own) {
    Map<String, Object> facts = new TreeMap<>();
    List<AgentActivity> said =
        own.stream().filter(is(BudgetLimitChanged.class).negate()).toList();
    facts.put("events", (long) own.size());
    facts.put("first seen", times(said.stream()).min(Long::compare).orElse(0L));
    facts.put("last seen", newest(said.stream()));
    facts.put("last heartbeat", newest(said.stream().filter(is(Heartbeat.class))));
    facts.put("last progress", newest(said.stream().filter(ReferenceModel::progress)));
    facts.put("instances", instances(said));
    facts.put("beat", latest(own, Heartbeat.class).map(ReferenceModel::beat).orElse("none"));
    facts.put(
        "said", latest(own, AgentRegistered.class).map(ReferenceModel::said).orElse("none"));
    facts.put("tool calls", count(own, is(ToolCall.class)));
    facts.put("tool errors", count(own, ReferenceModel::failed));
    facts.put("guard blocks", count(own, is(GuardBlocked.class)));
    facts.put("stuck reports", count(own, is(AgentStuck.class)));
    facts.put("hours", spent(own, HOUR_MS));
    facts.put("days", spent(own, 24 * HOUR_MS));
    for (String window : List.of("hour", "day")) {
      Optional<AgentActivity> change = own.stream()
          .filter(event -> event.getPayload() instanceof BudgetLimitChanged limit
              && limit.getWindow().equals(window))
          .max(LATEST);
      facts.put("limit of the " + window, change.map(ReferenceModel::limit).orElse("none"));
    }
    return facts;
  }

  private static Map<String, Object> session(List<AgentActivity> own) {
    Map<String, Object> facts = usage(own);
    facts.put("first", times(own.stream()).min(Long::compare).orElseThrow());
    facts.put("last", newest(own.stream()));
    facts.put("tool calls", count(own, is(ToolCall.class)));
    List<String> calls = own.stream()
        .filter(is(TokenUsage.class).negate())
        .sorted(comparingLong(AgentActivity::getOccurredAtMs)
            .thenComparingInt(ReferenceModel::turn)
            .thenComparing(AgentActivity::getEventId))
        .map(AgentActivity::getEventId)
        .toList();
    facts.put("newest calls", calls.subList(Math.max(0, calls.size() - CALLS), calls.size()));
    return facts;
  }

  private static Map<String, Object> usage(List<AgentActivity> own) {
    Map<String, Object> facts = new TreeMap<>();
    facts.put("calls", count(own, is(TokenUsage.class)));
    facts.put("input", sum(own, TokenUsage::getInputTokens));
    facts.put("output", sum(own, TokenUsage::getOutputTokens));
    facts.put("cache creation", sum(own, TokenUsage::getCacheCreationTokens));
    facts.put("cache read", sum(own, TokenUsage::getCacheReadTokens));
    facts.put("pico usd", sum(own, TokenUsage::getCostPicoUsd));
    return facts;
  }

  private static boolean ofSession(AgentActivity event) {
    return event.getPayload() instanceof ToolCall
        || event.getPayload() instanceof GuardBlocked
        || (event.getPayload() instanceof TokenUsage && event.getSessionId() != null);
  }

  private static String session(AgentActivity event) {
    String session = event.getSessionId() == null ? "default" : event.getSessionId();
    return event.getStreamId() + " " + session;
  }

  private static String costRow(AgentActivity event) {
    TokenUsage call = (TokenUsage) event.getPayload();
    return String.join(
        "|",
        Instant.ofEpochMilli(event.getOccurredAtMs()).atOffset(ZoneOffset.UTC).toLocalDate() + "",
        event.getStreamId(),
        event.getRepo() == null ? "" : event.getRepo(),
        event.getIssueNumber() == null ? "-1" : event.getIssueNumber().toString(),
        call.getModel());
  }

  private static boolean progress(AgentActivity event) {
    return switch (event.getPayload()) {
      case ToolCall call -> !failed(event);
      case MemoryWrite write -> true;
      case GoldenTaskCompleted golden -> true;
      default -> false;
    };
  }

  private static boolean failed(AgentActivity event) {
    return event.getPayload() instanceof ToolCall call && "error".equals(call.getOutcome());
  }

  private static int turn(AgentActivity event) {
    return event.getPayload() instanceof ToolCall call && call.getTurn() != null
        ? call.getTurn()
        : 0;
  }

  private static Map<String, Long> instances(List<AgentActivity> said) {
    Map<String, Long> newest = new TreeMap<>();
    said.stream()
        .filter(event -> event.getInstance() != null)
        .forEach(event -> newest.merge(event.getInstance(), event.getOccurredAtMs(), Math::max));
    while (newest.size() > INSTANCES) {
      newest.remove(newest.entrySet().stream()
          .min(Map.Entry.<String, Long>comparingByValue()
              .thenComparing(comparing(Map.Entry::getKey)))
          .orElseThrow()
          .getKey());
    }
    return newest;
  }

  private static String beat(AgentActivity event) {
    Heartbeat beat = (Heartbeat) event.getPayload();
    return Arrays.asList(
            beat.getStatus(),
            beat.getActiveProvider(),
            beat.getCurrentRepo(),
            beat.getCurrentIssue())
        .toString();
  }

  private static String said(AgentActivity event) {
    AgentRegistered said = (AgentRegistered) event.getPayload();
    return Arrays.asList(
            said.getRole(),
            said.getCapabilities(),
            said.getSlots(),
            said.getSubscribedEventTypes(),
            said.getAllocatedInputTokens())
        .toString();
  }

  private static String limit(AgentActivity event) {
    BudgetLimitChanged limit = (BudgetLimitChanged) event.getPayload();
    return Arrays.asList(
            limit.getLimitTokens(), limit.getLimitPicoUsd(), limit.getBy(), limit.getUntilMs())
        .toString();
  }

  /** Tokens and money by window number, of the newest windows. */
  private static Map<Long, String> spent(List<AgentActivity> own, long windowMs) {
    Map<Long, List<AgentActivity>> windows = own.stream()
        .filter(is(TokenUsage.class))
        .collect(Collectors.groupingBy(
            event -> Math.floorDiv(event.getOccurredAtMs(), windowMs),
            TreeMap::new,
            Collectors.toList()));
    List<Long> numbers = new ArrayList<>(windows.keySet());
    Map<Long, String> spent = new TreeMap<>();
    for (Long number : numbers.subList(Math.max(0, numbers.size() - WINDOWS), numbers.size())) {
      List<AgentActivity> calls = windows.get(number);
      BigInteger tokens = sum(calls, TokenUsage::getInputTokens)
          .add(sum(calls, TokenUsage::getOutputTokens))
          .add(sum(calls, TokenUsage::getCacheCreationTokens));
      spent.put(number, tokens + " tokens, " + sum(calls, TokenUsage::getCostPicoUsd));
    }
    return spent;
  }

  private static BigInteger sum(List<AgentActivity> own, Function<TokenUsage, Long> field) {
    return own.stream()
        .filter(is(TokenUsage.class))
        .map(event -> BigInteger.valueOf(field.apply((TokenUsage) event.getPayload())))
        .reduce(BigInteger.ZERO, BigInteger::add);
  }

  private static Optional<AgentActivity> latest(List<AgentActivity> own, Class<?> payload) {
    return own.stream().filter(is(payload)).max(LATEST);
  }

  private static Stream<Long> times(Stream<AgentActivity> some) {
    return some.map(AgentActivity::getOccurredAtMs);
  }

  private static long newest(Stream<AgentActivity> some) {
    return times(some).max(Long::compare).orElse(0L);
  }

  private static long count(List<AgentActivity> own, Predicate<AgentActivity> which) {
    return own.stream().filter(which).count();
  }

  private static Predicate<AgentActivity> is(Class<?> payload) {
    return event -> payload.isInstance(event.getPayload());
  }

  private static long tie(String eventId) {
    try {
      return UUID.fromString(eventId).getMostSignificantBits();
    } catch (IllegalArgumentException notAUuid) {
      return ByteBuffer.wrap(sha256(eventId)).getLong();
    }
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
