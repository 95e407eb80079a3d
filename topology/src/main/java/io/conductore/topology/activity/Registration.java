package io.conductore.topology.activity;

import io.conductore.schemas.activity.AgentRegistered;
import io.conductore.topology.state.Clip;
import io.conductore.topology.state.Stamp;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the newest AGENT_REGISTERED said.
 *
 * @param slots how many issues at a time; 1 unless registered otherwise
 */
public record Registration(
    Stamp stamp,
    @Nullable String role,
    List<String> capabilities,
    int slots,
    List<String> subscribedEventTypes,
    @Nullable Long allocatedInputTokens) {
  static final int SLOTS_DEFAULT = 1;
  static final Registration NONE =
      new Registration(Stamp.NEVER, null, List.of(), SLOTS_DEFAULT, List.of(), null);

  public Registration {
    capabilities = List.copyOf(capabilities);
    subscribedEventTypes = List.copyOf(subscribedEventTypes);
  }

  Registration apply(AgentRegistered said, Stamp at) {
    return at.isAfter(stamp)
        ? new Registration(
            at,
            Clip.orNull(said.getRole()),
            Clip.texts(said.getCapabilities()),
            said.getSlots() == null ? SLOTS_DEFAULT : said.getSlots(),
            Clip.texts(said.getSubscribedEventTypes()),
            said.getAllocatedInputTokens())
        : this;
  }
}
