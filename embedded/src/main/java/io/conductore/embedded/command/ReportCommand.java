package io.conductore.embedded.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.conductore.embedded.run.ExitCode;
import io.conductore.embedded.text.CostPage;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Reports for people: what a day cost. */
@Command(
    name = "report",
    description = "Reports for people: what a day cost.",
    mixinStandardHelpOptions = true)
public final class ReportCommand {

  @Spec
  private @Nullable CommandSpec spec;

  /** How the report is written. */
  enum Form {
    TEXT,
    CSV,
    HTML
  }

  @Command(
      name = "costs",
      description = "What a UTC day cost, by agent, tenant, repository, issue, model, category.",
      mixinStandardHelpOptions = true)
  int costs(
      @Option(
              names = "--day",
              paramLabel = "YYYY-MM-DD",
              description = "by default the last day that is over")
          @Nullable
          LocalDate day,
      @Option(
              names = "--form",
              defaultValue = "text",
              description = "text, csv or html (${DEFAULT-VALUE})")
          Form form,
      @Mixin ApiOption api)
      throws InterruptedException {
    Say say = Say.of(spec);
    String path = "/api/reports/costs" + (day == null ? "" : "?day=" + day);
    return switch (api.get(path)) {
      case ApiOption.Failed(String sentence) -> {
        say.error(sentence);
        yield ExitCode.FAILED;
      }
      case ApiOption.Said(JsonNode report) -> {
        CostPage page = CostPage.of(report);
        say.line(
            switch (form) {
              case TEXT -> page.text();
              case CSV -> page.csv();
              case HTML -> page.html();
            });
        yield ExitCode.OK;
      }
    };
  }
}
