package io.conductore.topology.activity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What changes by itself is taken out of an error's text, and what tells failures apart stays. */
class ErrorTextTest {

  @ParameterizedTest
  @CsvSource({
    "2026-11-23T10:00:01.123Z boom, 2026-11-24T23:59:59Z boom",
    "at 10:00:01 it broke, at 9:07:59.123 it broke",
    "took 12ms, took 1.5 seconds",
    "2026/11/23 10:00 x, 2026/11/23 10:01 x",
    "pid 123 died, pid 99999 died",
    "PID: 7 died, PID: 8 died",
    "sshd[12345] refused, sshd[4321] refused",
    "object at 0x7f3a1200, object at 0x55d09aff",
  })
  void shouldBeEqualWhenOnlyTimesAndProcessesDiffer(String one, String other) {
    // given
    String settled = ErrorText.settled(one);

    // when
    String otherSettled = ErrorText.settled(other);

    // then
    assertThat(otherSettled).isEqualTo(settled);
  }

  @ParameterizedTest
  @CsvSource({
    "3 failed, 2 failed",
    "main.c:12 error, main.c:13 error",
    "expected 5 but was 6, expected 5 but was 7",
    "port 8080 in use, port 8081 in use",
    "a[1] is null, a[2] is null",
    "exit code 1, exit code 2",
    "step 3s1 failed, step 4s1 failed",
  })
  void shouldDifferWhenTheFailureDiffers(String one, String other) {
    // given
    String settled = ErrorText.settled(one);

    // when
    String otherSettled = ErrorText.settled(other);

    // then
    assertThat(otherSettled).isNotEqualTo(settled);
  }
}
