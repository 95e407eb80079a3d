package io.conductore.embedded.stuck;

import io.conductore.schemas.activity.AgentActivity;
import java.util.List;

/**
 * One thing that StuckGuard would have said.
 *
 * @param said AGENT_NUDGED, AGENT_STUCK or AGENT_RELEASED
 * @param call how many tool calls the session had made by then
 * @param pattern empty for a release
 * @param sentence what it shows, or why it is over
 * @param evidence a line for each event that shows it, oldest first
 */
record Finding(
    AgentActivity said, long call, String pattern, String sentence, List<String> evidence) {
  Finding {
    evidence = List.copyOf(evidence);
  }
}
