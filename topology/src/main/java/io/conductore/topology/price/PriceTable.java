package io.conductore.topology.price;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.conductore.schemas.LogEvent;
import io.conductore.schemas.activity.AgentActivity;
import io.conductore.schemas.activity.TokenUsage;
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
  static final String UNKNOWN_MODEL = "unknown-model";
  private static final String BUNDLED = "prices.yaml";
  private static final BigDecimal PICO_PER_TOKEN = BigDecimal.valueOf(1_000_000);

  /**
   * USD per million tokens. Above every real price, and low enough that no call's cost leaves its
   * range.
   */
  private static final BigDecimal PRICE_USD_MAX = BigDecimal.valueOf(10_000);

  private static final int PRICE_DIGITS_MAX = 6;

  private final Price unknown;
  private final List<Model> models;

  /** Prices of the models whose names begin with match, newest first. */
  private record Model(String match, List<Price> prices) {}

  private PriceTable(Price unknown, List<Model> models) {
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

  /**
   * Sets cost and cost basis of a TOKEN_USAGE that is on its way to the log; leaves others alone.
   */
  public void stamp(LogEvent event) {
    if (event.envelope() instanceof AgentActivity activity
        && activity.getPayload() instanceof TokenUsage call) {
      Optional<Price> listed = find(call.getModel(), activity.getOccurredAtMs());
      if (isReported(call, listed.isPresent())) {
        call.setCostBasis(REPORTED);
        return;
      }
      call.setCostPicoUsd(listed.orElse(unknown).of(call).pico());
      call.setCostBasis(listed.isPresent() ? LISTED : UNKNOWN_MODEL);
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
    return new PriceTable(price("unknown", root.path("unknown"), LocalDate.EPOCH), models);
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
    return new Price(
        from,
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
