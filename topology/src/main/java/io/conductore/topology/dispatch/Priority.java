package io.conductore.topology.dispatch;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How urgent an issue is; the first goes first. */
public enum Priority {
  CRITICAL(0),
  HIGH(1),
  NORMAL(2),
  LOW(3);

  private final int code;

  Priority(int code) {
    this.code = code;
  }

  /** What is not known is normal: a misspelt label must not keep an issue from being done. */
  public static Priority of(@Nullable String word) {
    return Arrays.stream(values())
        .filter(priority -> priority.word().equals(word))
        .findFirst()
        .orElse(NORMAL);
  }

  /** Stands for it in stores, and sorts like it. */
  int code() {
    return code;
  }

  static Priority ofCode(int code) {
    return switch (code) {
      case 0 -> CRITICAL;
      case 1 -> HIGH;
      case 2 -> NORMAL;
      case 3 -> LOW;
      default -> throw new IllegalStateException("no priority has the code " + code);
    };
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
