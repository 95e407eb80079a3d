package io.conductore.agent.transcript;

import org.jspecify.annotations.Nullable;

/**
 * What the person who imports says about a run; null leaves it to the file and the defaults.
 *
 * @param agentId who ran it; the default is the kind of agent
 * @param repo OWNER/NAME; the default is {@code local/<folder the run worked in>}
 * @param issueNumber the issue it worked on; a file never says
 */
public record Labels(
    @Nullable String agentId,
    @Nullable String repo,
    @Nullable Integer issueNumber) {

  public static Labels none() {
    return new Labels(null, null, null);
  }
}
