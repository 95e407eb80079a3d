package io.conductore.topology.lifecycle;

import io.conductore.schemas.lifecycle.IssueLifecycle;
import io.conductore.topology.state.Clip;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an event says of the commit that it is about, in fields that no type has of its own. The
 * webhook sends them; an agent may.
 *
 * @param suite one of several that check the commit
 */
record Check(@Nullable String commit, @Nullable String suite) {
  private static final String COMMIT = "headSha";
  private static final String SUITE = "checkSuite";

  static Check of(IssueLifecycle event) {
    return new Check(text(event.getExtra(), COMMIT), text(event.getExtra(), SUITE));
  }

  /** Extra fields are kept as JSON; what is no plain text is nothing to compare. */
  private static @Nullable String text(@Nullable Map<String, String> extra, String name) {
    String json = extra == null ? null : extra.get(name);
    return json != null && json.length() > 2 && json.startsWith("\"") && json.endsWith("\"")
        ? Clip.text(json.substring(1, json.length() - 1))
        : null;
  }
}
