package io.conductore.topology.activity;

import java.util.List;

/**
 * A session is stuck: by which pattern, since when, and the events that show it.
 *
 * @param explanation a sentence for a person
 */
public record Verdict(String pattern, long sinceMs, List<String> evidence, String explanation) {
  public Verdict {
    evidence = List.copyOf(evidence);
  }
}
