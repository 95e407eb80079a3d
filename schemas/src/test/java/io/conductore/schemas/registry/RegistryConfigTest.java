package io.conductore.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryConfigTest {

  @Test
  void shouldShowNoSecretWhenPrinted() {
    // given
    RegistryConfig config = RegistryConfig.of(URI.create("http://registry:8081"));
    // when
    String basic = config.withAuth(new RegistryAuth.Basic("rig", "s3cret")).toString();
    String bearer = config.withAuth(new RegistryAuth.Bearer(() -> "t0ken")).toString();
    // then
    assertThat(basic).contains("rig").doesNotContain("s3cret");
    assertThat(bearer).contains("Bearer").doesNotContain("t0ken");
  }

  @Test
  void shouldRefusePasswordInUrlWithoutRepeatingIt() {
    assertThatThrownBy(() -> RegistryConfig.of(URI.create("http://rig:s3cret@registry:8081")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("registry")
        .hasMessageNotContaining("s3cret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"registry:8081", "ftp://registry", "http://registry?a=b", "/apis"})
  void shouldRefuseWhatIsNoBaseUrl(String url) {
    assertThatThrownBy(() -> RegistryConfig.of(URI.create(url)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldKeepThePathAndDropTheLastSlash() {
    // when
    RegistryConfig config = RegistryConfig.of(URI.create("http://host:1/apis/ccompat/v7//"));
    // then
    assertThat(config.baseUrls()).containsExactly(URI.create("http://host:1/apis/ccompat/v7"));
  }

  @Test
  void shouldDoubleThePauseUpToTheLimitWithHalfOfItByChance() {
    // given
    Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1));
    Random random = new Random(7);
    for (int round = 0; round < 100; round++) {
      // when
      long millis = backoff.pause(round, random).toMillis();
      // then
      long cap = round < 4 ? 100L << round : 1_000;
      assertThat(millis).isBetween(cap / 2, cap);
    }
  }
}
