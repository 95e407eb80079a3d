package io.conductore.topology.price;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.conductore.schemas.LogEvent;
import io.conductore.schemas.Usd;
import io.conductore.schemas.activity.AgentActivity;
import io.conductore.schemas.activity.TokenUsage;
import io.conductore.schemas.flat.FlatLimits;
import io.conductore.topology.head.EventIdKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Stamps a price on model calls that report none. It works at the doors, before the log, so that
 * the log says what each call cost and a replay never asks the table. A model that the table does
 * not know is billed at its "unknown" price, never free.
 */
public final class PriceTable {
  static final String REPORTED = "reported";
  static final String LISTED = "listed";
  public static final String UNKNOWN_MODEL = "unknown-model";
  private static final String BUNDLED = "prices.yaml";

  /** What a stream that was cut short wrote at least: a provider bills what nobody read, too. */
  static final int CHARS_PER_TOKEN = 4;

  private static final BigDecimal PICO_PER_TOKEN = BigDecimal.valueOf(1_000_000);

  /**
   * USD per million tokens. Above every real price, and low enough that no call's cost leaves its
   * range.
   */
  private static final BigDecimal PRICE_USD_MAX = BigDecimal.valueOf(10_000);

  private static final int PRICE_DIGITS_MAX = 6;
  private static final int UNNAMED_DIGITS = 8;

  private final String version;
  private final String source;
  private final Price unknown;
  private final List<Model> models;

  /** Prices of the models whose names begin with match, newest first. */
  private record Model(String match, List<Price> prices) {}

  private PriceTable(String version, String source, Price unknown, List<Model> models) {
    this.version = version;
    this.source = source;
    this.unknown = unknown;
    this.models = models;
  }

  /** The table that comes with the release. */
  public static PriceTable bundled() {
    try (InputStream yaml = PriceTable.class.getResourceAsStream(BUNDLED)) {
      return read(new YAMLMapper().readTree(Objects.requireNonNull(yaml)));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /**
   * The operator's table where the file exists, else the bundled one.
   *
   * @throws IllegalArgumentException naming the entry that is wrong
   */
  public static PriceTable read(Path file) throws IOException {
    return Files.exists(file) ? read(new YAMLMapper().readTree(file.toFile())) : bundled();
  }

  /** Names the list, so that a cost says which one it is by. */
  public String version() {
    return version;
  }

  /** Where the prices are from, in words. */
  public String source() {
    return source;
  }

  /** True if the table has a price for this model and does not have to guess. */
  public boolean lists(@Nullable String model, long occurredAtMs) {
    return find(model, occurredAtMs).isPresent();
  }

  /** What a call costs at most, however its prompt is cached. */
  public Usd atMost(
      @Nullable String model, long inputTokens, long outputTokens, long occurredAtMs) {
    return find(model, occurredAtMs).orElse(unknown).atMost(inputTokens, outputTokens);
  }

  /**
   * Sets cost and cost basis of a TOKEN_USAGE that is on its way to the log, once its tokens are
   * counted as the log counts them; leaves other events alone.
   */
  public void stamp(LogEvent event) {
    if (event.envelope() instanceof AgentActivity activity
        && activity.getPayload() instanceof TokenUsage call) {
      withoutCache(call);
      floor(call);
      call.setPriceVersion(null);
      Optional<Price> listed = find(call.getModel(), activity.getOccurredAtMs());
      if (isReported(call, listed.isPresent())) {
        call.setCostBasis(REPORTED);
        return;
      }
      call.setCostPicoUsd(listed.orElse(unknown).of(call).pico());
      call.setCostBasis(listed.isPresent() ? LISTED : UNKNOWN_MODEL);
      call.setPriceVersion(version);
    }
  }

  /** Anthropic counts cached tokens beside the input, OpenAI within it. The log has them beside. */
  private static void withoutCache(TokenUsage call) {
    if (Boolean.TRUE.equals(call.getInputIncludesCache())) {
      long cached = call.getCacheCreationTokens() + call.getCacheReadTokens();
      call.setInputTokens(Math.max(0, call.getInputTokens() - cached));
      call.setInputIncludesCache(false);
    }
  }

  private static void floor(TokenUsage call) {
    if (Boolean.TRUE.equals(call.getAborted())) {
      Long chars = call.getReceivedChars();
      long atLeast = Math.max(1, Math.ceilDiv(chars == null ? 0 : chars, CHARS_PER_TOKEN));
      call.setOutputTokens(Math.max(call.getOutputTokens(), atLeast));
    }
  }

  /**
   * A client of the original sends 0 when it does not know the cost. For a model of the table that
   * is no report; for one that nobody lists, such as a model of one's own, 0 is what it costs.
   */
  private static boolean isReported(TokenUsage call, boolean listed) {
    Long pico = call.getCostPicoUsd();
    return pico != null && (pico > 0 || !listed);
  }

  private Optional<Price> find(@Nullable String model, long occurredAtMs) {
    if (model == null) {
      return Optional.empty();
    }
    // Proxies put the provider in front: anthropic/claude-sonnet-4-6.
    String name = model.substring(model.lastIndexOf('/') + 1);
    LocalDate day = Instant.ofEpochMilli(occurredAtMs).atZone(ZoneOffset.UTC).toLocalDate();
    return models.stream()
        .filter(known -> name.startsWith(known.match()))
        .findFirst()
        .flatMap(known -> inForce(known, day));
  }

  /**
   * A call from before the first entry has the first entry's price: better than the unknown one.
   */
  private static Optional<Price> inForce(Model model, LocalDate day) {
    return model.prices().stream()
        .filter(price -> !price.from().isAfter(day))
        .findFirst()
        .or(() -> Optional.of(model.prices().getLast()));
  }

  private static PriceTable read(JsonNode root) {
    List<Model> models = new ArrayList<>();
    for (JsonNode node : root.path("models")) {
      models.add(model(node));
    }
    models.sort(Comparator.comparingInt((Model model) -> model.match().length()).reversed());
    return new PriceTable(
        version(root),
        root.path("source").asText("not named"),
        price("unknown", root.path("unknown"), LocalDate.EPOCH),
        models);
  }

  /** A list without a name is named by what it says. */
  private static String version(JsonNode root) {
    String named = root.path("version").asText("");
    if (named.length() > FlatLimits.NAME_CHARS_MAX) {
      throw new IllegalArgumentException(
          "version: has at most " + FlatLimits.NAME_CHARS_MAX + " characters");
    }
    String digest = EventIdKey.derived(root.toString()).substring(0, UNNAMED_DIGITS);
    return named.isEmpty() ? "unnamed-" + digest : named;
  }

  private static Model model(JsonNode node) {
    String match = node.path("match").asText("");
    List<Price> prices = new ArrayList<>();
    for (JsonNode price : node.path("prices")) {
      prices.add(price(match, price, from(match, price)));
    }
    if (match.isEmpty() || prices.isEmpty()) {
      throw new IllegalArgumentException("models: each entry needs match and prices");
    }
    prices.sort(Comparator.comparing(Price::from).reversed());
    return new Model(match, List.copyOf(prices));
  }

  private static LocalDate from(String where, JsonNode node) {
    try {
      return LocalDate.parse(node.path("from").asText());
    } catch (DateTimeParseException notADay) {
      throw new IllegalArgumentException(where + ".from: a day such as 2026-01-31", notADay);
    }
  }

  private static Price price(String where, JsonNode node, LocalDate from) {
    JsonNode tier = node.path("longContext");
    if (tier.isMissingNode()) {
      return new Price(from, rates(where, node), null);
    }
    JsonNode above = tier.path("above");
    if (!above.isIntegralNumber() || !above.canConvertToLong() || above.longValue() <= 0) {
      throw new IllegalArgumentException(
          where + ".longContext.above: must be a whole number of tokens");
    }
    Rates rates = rates(where + ".longContext", tier);
    return new Price(from, rates(where, node), new Price.LongContext(above.longValue(), rates));
  }

  private static Rates rates(String where, JsonNode node) {
    return new Rates(
        picoPerToken(where, node, "input"),
        picoPerToken(where, node, "output"),
        picoPerToken(where, node, "cacheWrite5m"),
        picoPerToken(where, node, "cacheWrite1h"),
        picoPerToken(where, node, "cacheRead"));
  }

  private static long picoPerToken(String where, JsonNode node, String name) {
    JsonNode price = node.path(name);
    boolean good = price.isNumber()
        && price.decimalValue().signum() >= 0
        && price.decimalValue().compareTo(PRICE_USD_MAX) <= 0
        && price.decimalValue().stripTrailingZeros().scale() <= PRICE_DIGITS_MAX;
    if (!good) {
      throw new IllegalArgumentException(
          "%s.%s: a price is USD per million tokens, up to %s and with up to %d decimals"
              .formatted(where, name, PRICE_USD_MAX, PRICE_DIGITS_MAX));
    }
    return price.decimalValue().multiply(PICO_PER_TOKEN).longValueExact();
  }
}
