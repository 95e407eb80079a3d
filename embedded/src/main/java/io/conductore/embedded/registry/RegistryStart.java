package io.conductore.embedded.registry;

import java.time.Duration;
import java.util.List;

/** What a start of the registry can come to. */
public sealed interface RegistryStart {
  /** It answers. */
  record Ready(Duration took) implements RegistryStart {}

  /** It ended, or did not answer in time; the last lines of its log say more. */
  record Failed(String why, List<String> lastLines) implements RegistryStart {}
}
