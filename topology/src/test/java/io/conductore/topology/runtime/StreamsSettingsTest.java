package io.conductore.topology.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;

/** The settings that promises rest on, and what a phase means for liveness. */
class StreamsSettingsTest {

  @Test
  void shouldRunExactlyOnceOnTheClassicProtocolWhenNothingIsSaid() {
    // given
    StreamsSettings settings = StreamsSettings.single("broker:9092", Path.of("state"));

    // when
    Properties properties = settings.toProperties();

    // then
    assertThat(properties)
        .containsEntry("processing.guarantee", "exactly_once_v2")
        .containsEntry("group.protocol", "classic")
        .containsEntry("main.consumer.group.instance.id", "conductor-e-0")
        .containsEntry("statestore.cache.max.bytes", 0L)
        .containsEntry("ensure.explicit.internal.resource.naming", true);
    assertThat(new StreamsConfig(properties).getMainConsumerConfigs("g", "c", 0))
        .containsEntry("group.instance.id", "conductor-e-0-0");
  }

  @Test
  void shouldHaveTheLastWordWhenASettingIsOverridden() {
    // given
    StreamsSettings settings = new StreamsSettings(
        "broker:9092",
        "app",
        "one",
        Path.of("state"),
        1,
        (short) 3,
        Map.of("commit.interval.ms", 7));

    // when
    Properties properties = settings.toProperties();

    // then
    assertThat(properties)
        .containsEntry("commit.interval.ms", 7)
        .containsEntry("replication.factor", 3)
        .containsEntry("application.id", "app");
  }

  @Test
  void shouldCallItDeadWhenOnlyARestartHelps() {
    // given
    StreamsPhase failed = new StreamsPhase.Failed("why");

    // when
    boolean alive = failed.isAlive();

    // then
    assertThat(alive).isFalse();
    assertThat(new StreamsPhase.Stopped().isAlive()).isFalse();
    assertThat(new StreamsPhase.Restoring(5).isAlive()).isTrue();
    assertThat(new StreamsPhase.Rebalancing().isAlive()).isTrue();
    assertThat(new StreamsPhase.Running().isAlive()).isTrue();
  }
}
