package io.conductore.topology.admission;

import io.conductore.topology.budget.BudgetLimits;
import io.conductore.topology.budget.Scope;
import io.conductore.topology.state.StoreNames;
import io.conductore.topology.state.Table;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * The rows of the book.
 *
 * @param limits budgets.yaml as it was last told, under {@link #FILE}
 * @param copied by partition of rig.spending, the offset after the last one that is counted
 */
record Tables(
    Table<Scope, Account> accounts,
    Table<String, AdmissionOutcome> admissions,
    Table<String, BudgetLimits> limits,
    Table<Integer, Long> copied) {
  static final String FILE = "file";

  /** One call reads and writes each of its accounts several times. */
  private static final int ACCOUNTS_DECODED_MAX = 5_000;

  /** What was reserved moments ago is settled next. */
  private static final int ADMISSIONS_DECODED_MAX = 5_000;

  static Tables of(ProcessorContext<?, ?> context) {
    return new Tables(
        Table.cached(context.getStateStore(StoreNames.ACCOUNTS), ACCOUNTS_DECODED_MAX),
        Table.cached(context.getStateStore(StoreNames.ADMISSIONS), ADMISSIONS_DECODED_MAX),
        Table.of(context.getStateStore(StoreNames.ADMISSION_LIMITS)),
        Table.of(context.getStateStore(StoreNames.ADMISSION_COPIED)));
  }

  BudgetLimits fileLimits() {
    BudgetLimits known = limits.get(FILE);
    return known == null ? BudgetLimits.NONE : known;
  }
}
