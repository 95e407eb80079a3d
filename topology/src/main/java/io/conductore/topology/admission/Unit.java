package io.conductore.topology.admission;

import io.conductore.schemas.Usd;
import io.conductore.topology.budget.Limit;
import io.conductore.topology.budget.Spent;
import java.math.BigDecimal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a limit counts. */
public enum Unit {
  TOKENS {
    @Override
    public long of(Spent spent) {
      return spent.tokens();
    }

    @Override
    @Nullable
    Long of(Limit limit) {
      return limit.tokens();
    }

    @Override
    public BigDecimal decimal(long amount) {
      return BigDecimal.valueOf(amount);
    }
  },
  /** In 10^-12 USD, as {@link Usd} counts. */
  USD {
    @Override
    public long of(Spent spent) {
      return spent.usd().pico();
    }

    @Override
    @Nullable
    Long of(Limit limit) {
      Usd usd = limit.usd();
      return usd == null ? null : usd.pico();
    }

    @Override
    public BigDecimal decimal(long amount) {
      return new Usd(amount).toDecimal();
    }
  };

  public abstract long of(Spent spent);

  /** Null for no limit in this unit. */
  abstract @Nullable Long of(Limit limit);

  /** For events and answers: whole tokens, or dollars. */
  public abstract BigDecimal decimal(long amount);

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Unit ofWord(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
