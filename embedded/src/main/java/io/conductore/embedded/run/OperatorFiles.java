package io.conductore.embedded.run;

import io.conductore.embedded.data.Layout;
import io.conductore.query.auth.Access;
import io.conductore.query.github.WebhookSecret;
import io.conductore.topology.budget.BudgetLimits;
import io.conductore.topology.escalation.EscalationRules;
import io.conductore.topology.otlp.TelemetryNames;
import io.conductore.topology.price.PriceTable;
import io.conductore.topology.stuck.StuckWatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/**
 * What a person has written into the data folder: limits, prices, who is called, when an agent is
 * stuck, how telemetry names its agents, the secret of the webhook, which the environment may also
 * hold, and who may come in.
 */
record OperatorFiles(
    BudgetLimits limits,
    PriceTable prices,
    EscalationRules escalations,
    StuckWatch stuck,
    TelemetryNames telemetry,
    Optional<WebhookSecret> github,
    Access access) {
  private static final String GITHUB_SECRET = "RIG_GITHUB_WEBHOOK_SECRET";

  sealed interface Outcome {}

  record Read(OperatorFiles files) implements Outcome {}

  /** The sentence names the file and the entry. */
  record Wrong(String sentence) implements Outcome {}

  static Outcome read(Layout layout, RunSettings settings, InstantSource clock) {
    var file = layout.budgets();
    try {
      var limits = BudgetLimits.read(file);
      file = layout.prices();
      var prices = PriceTable.read(file);
      file = layout.escalation();
      var escalations = EscalationRules.read(file);
      file = layout.stuck();
      var stuck = StuckWatch.open(file, clock);
      file = layout.telemetry();
      var telemetry = TelemetryNames.read(file);
      file = layout.githubSecret();
      var github = githubSecret(file);
      file = layout.tokens();
      return switch (settings.auth().decide(settings.host(), layout, clock)) {
        case AuthSettings.Refused refused -> new Wrong(refused.sentence());
        case AuthSettings.Decided decided ->
          new Read(new OperatorFiles(
              limits, prices, escalations, stuck, telemetry, github, decided.access()));
      };
    } catch (IOException | IllegalArgumentException e) {
      return new Wrong(
          file + ": " + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    }
  }

  /** The environment first; the line end of a file that was written by echo is no part of it. */
  private static Optional<WebhookSecret> githubSecret(Path file) throws IOException {
    var given = System.getenv(GITHUB_SECRET);
    if (given != null && !given.isBlank()) {
      return Optional.of(new WebhookSecret(given));
    }
    return Files.exists(file)
        ? Optional.of(new WebhookSecret(Files.readString(file).strip()))
        : Optional.empty();
  }
}
