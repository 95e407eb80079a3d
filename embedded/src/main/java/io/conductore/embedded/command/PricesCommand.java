package io.conductore.embedded.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.conductore.embedded.run.ExitCode;
import io.conductore.topology.price.PriceTable;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The price list, and whether it knows the models that were called. */
@Command(
    name = "prices",
    description = "The price list, and whether it knows the models that were called.",
    mixinStandardHelpOptions = true)
public final class PricesCommand {
  private static final String SUMMARY = "/api/costs/summary?days=400";

  @Spec
  private @Nullable CommandSpec spec;

  private final InstantSource clock;

  public PricesCommand() {
    this(InstantSource.system());
  }

  PricesCommand(InstantSource clock) {
    this.clock = clock;
  }

  @Command(
      name = "check",
      description = {
        "Lists the models that were called and have no price of their own.",
        "They are billed at the list's ceiling (unknown) until prices.yaml names them."
      },
      exitCodeListHeading = "Exit codes:%n",
      exitCodeList = {
        " 0:every model has a price",
        " 1:nothing answers, or the list is wrong",
        " 3:one has none"
      },
      mixinStandardHelpOptions = true)
  int check(@Mixin DataOption data, @Mixin ApiOption api) throws InterruptedException {
    Say say = Say.of(spec);
    PriceTable prices;
    try {
      prices = PriceTable.read(data.layout().prices());
    } catch (IOException | IllegalArgumentException wrong) {
      say.error(data.layout().prices() + ": " + wrong.getMessage());
      return ExitCode.FAILED;
    }
    say.line("price list " + prices.version() + " (" + prices.source() + ")");
    return switch (api.get(SUMMARY)) {
      case ApiOption.Failed(String sentence) -> {
        say.error(sentence);
        yield ExitCode.FAILED;
      }
      case ApiOption.Said(JsonNode body) -> judge(say, prices, body);
    };
  }

  private int judge(Say say, PriceTable prices, JsonNode body) {
    List<JsonNode> missing = new ArrayList<>();
    int models = 0;
    for (JsonNode model : body.path("byModel")) {
      models++;
      if (!prices.lists(name(model), clock.millis())) {
        missing.add(model);
      }
    }
    for (JsonNode model : missing) {
      say.line("no price: %s, %d calls, %s USD so far, %d of them at the ceiling"
          .formatted(
              name(model).isEmpty() ? "(no model named)" : name(model),
              model.path("calls").asLong(),
              model.path("costUsd").decimalValue().toPlainString(),
              model.path("estimatedCalls").asLong()));
    }
    say.line(
        missing.isEmpty()
            ? "all " + models + " models have a price"
            : missing.size() + " of " + models + " models have none: add them to prices.yaml");
    return missing.isEmpty() ? ExitCode.OK : ExitCode.NOT_AS_IT_IS;
  }

  private static String name(JsonNode model) {
    return model.path("model").asText("");
  }
}
