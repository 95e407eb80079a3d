package io.conductore.embedded.run;

import io.conductore.embedded.data.Layout;
import io.conductore.topology.budget.BudgetLimits;
import io.conductore.topology.escalation.EscalationRules;
import io.conductore.topology.price.PriceTable;
import java.io.IOException;

/** What a person has written into the data folder: limits, prices, and who is called. */
record OperatorFiles(BudgetLimits limits, PriceTable prices, EscalationRules escalations) {

  sealed interface Outcome {}

  record Read(OperatorFiles files) implements Outcome {}

  /** The sentence names the file and the entry. */
  record Wrong(String sentence) implements Outcome {}

  static Outcome read(Layout layout) {
    var file = layout.budgets();
    try {
      var limits = BudgetLimits.read(file);
      file = layout.prices();
      var prices = PriceTable.read(file);
      file = layout.escalation();
      return new Read(new OperatorFiles(limits, prices, EscalationRules.read(file)));
    } catch (IOException | IllegalArgumentException e) {
      return new Wrong(
          file + ": " + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    }
  }
}
