package io.conductore.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.conductore.topology.head.HeadConfig;
import io.conductore.topology.head.Progress;
import io.conductore.topology.price.PriceTable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * The graph as text. A difference is a change of the product: names of stores are names of
 * changelog topics.
 */
class GoldenTopologyTest {

  @Test
  void shouldBeTheGoldenGraphWhenDescribed() throws IOException {
    // given
    TopologyConfig config =
        new TopologyConfig(Codecs.bundled(), PriceTable.bundled(), HeadConfig.of(new Progress()));

    // when
    String description = new ConductorTopology(config).get().describe().toString();

    // then
    try (InputStream golden = getClass().getResourceAsStream("/topology.golden.txt")) {
      assertThat(description)
          .isEqualToNormalizingNewlines(
              new String(Objects.requireNonNull(golden).readAllBytes(), StandardCharsets.UTF_8));
    }
  }
}
