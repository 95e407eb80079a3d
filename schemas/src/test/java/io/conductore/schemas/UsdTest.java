package io.conductore.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsdTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0.0000",
    "0.087, 0.0870",
    "0.08700000000000001, 0.0870",
    "1, 1.0000",
    "12.5, 12.5000",
    "0.00012345, 0.00012345",
    "0.000000000001, 0.000000000001",
    "1e3, 1000.0000",
    "-0.5, -0.5000",
    "9000000, 9000000.0000"
  })
  void shouldShowFourDecimalsOrMoreWhenPrinted(String dollars, String shown) {
    assertThat(Usd.of(new BigDecimal(dollars)).toDecimal().toPlainString()).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({
    "0.0000000000005, 0",
    "0.0000000000015, 2",
    "0.00000000000051, 1",
    "1e-13, 0",
    "1e-1000000000, 0",
    "-0.00000000000051, -1"
  })
  void shouldRoundHalfEvenWhenFinerThanItsUnit(String dollars, long pico) {
    assertThat(Usd.of(new BigDecimal(dollars)).pico()).isEqualTo(pico);
  }

  @ParameterizedTest
  @ValueSource(strings = {"9223373", "10000000", "1e20", "1e1000000000", "-1e1000000000"})
  void shouldThrowAtOnceWhenTheAmountDoesNotFit(String dollars) {
    // given
    BigDecimal amount = new BigDecimal(dollars);
    // then: a billion digits are never written out
    assertTimeout(
        Duration.ofSeconds(1),
        () -> assertThatThrownBy(() -> Usd.of(amount)).isInstanceOf(ArithmeticException.class));
  }

  @Test
  void shouldThrowAndNotWrapWhenASumDoesNotFit() {
    // given
    Usd most = new Usd(Long.MAX_VALUE);
    // then
    assertThat(most.toDecimal().toPlainString()).isEqualTo("9223372.036854775807");
    assertThatThrownBy(() -> most.plus(new Usd(1))).isInstanceOf(ArithmeticException.class);
  }

  @Test
  void shouldAddExactlyWhenPricesAreBinaryNoise() {
    // given
    Usd tenth = Usd.of(BigDecimal.valueOf(0.1));
    // when
    Usd sum = Usd.ZERO;
    for (int i = 0; i < 1_000_000; i++) {
      sum = sum.plus(tenth);
    }
    // then
    assertThat(sum).isEqualTo(Usd.of(new BigDecimal("100000")));
    assertThat(sum).isGreaterThan(tenth);
  }
}
