package io.conductore.topology.dispatch;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How urgent an issue is; the first goes first. */
public enum Priority {
  CRITICAL,
  HIGH,
  NORMAL,
  LOW;

  /** What is not known is normal: a misspelt label must not keep an issue from being done. */
  public static Priority of(@Nullable String word) {
    return Arrays.stream(values())
        .filter(priority -> priority.word().equals(word))
        .findFirst()
        .orElse(NORMAL);
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
