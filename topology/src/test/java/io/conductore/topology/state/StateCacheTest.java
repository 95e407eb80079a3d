package io.conductore.topology.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.conductore.topology.Flat;
import io.conductore.topology.RigDriver;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The decoded copies never hide what the store holds. */
class StateCacheTest {
  @TempDir
  Path folder;

  @Test
  void shouldShowEachEventAtOnceWhenAStoreIsAsked() {
    try (RigDriver rig = RigDriver.in(folder)) {
      for (int i = 1; i <= 20; i++) {
        // given
        Flat call = Flat.usage("dev-e", 1, 0).with("sessionId", "s1");

        // when
        rig.post(call);

        // then
        assertThat(rig.agent("dev-e").ordinal()).isEqualTo(i);
        assertThat(rig.session("dev-e", "s1").usage().calls()).isEqualTo(i);
        assertThat(rig.costs().values()).singleElement().extracting("calls").isEqualTo((long) i);
      }
    }
  }
}
