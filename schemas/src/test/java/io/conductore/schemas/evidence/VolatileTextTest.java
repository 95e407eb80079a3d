package io.conductore.schemas.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VolatileTextTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2026-11-23T11:58:59.313Z started|2026-11-24T07:01:02Z started",
        "2026-11-23 11:58:59,313 INFO x|2026-11-23 12:00:00,001 INFO x",
        "2026/11/23 11:58:59 listening|2027/01/02 01:02:03 listening",
        "at 2026-11-23T11:58:59+02:00 end|at 2026-11-23T11:58:59-0700 end",
        "[11:58:59] compiling|[09:00:01] compiling",
        "tick 1700000000|tick 1700000042",
        "tick 1700000000123|tick 1732363139177",
        "tick 1700000000.25|tick 1700000001.75",
        "3 passed in 0.02s|3 passed in 1.31s",
        "took 12ms|took 2345ms",
        "took 1.5 seconds|took 17 seconds",
        "real 0m3.004s|real 2m9.1s",
        "finished in 2 minutes|finished in 11 minutes",
        "worker pid 1234 died|worker pid 99 died",
        "worker pid=1234 died|worker pid=4321 died",
        "Inferior 1 (process 4242) exited|Inferior 1 (process 77) exited",
        "sshd[12345]: closed|sshd[999999]: closed",
        "[1234] Done|[4321] Done",
        "<Foo object at 0x7f3a12c4d5e0>|<Foo object at 0x10a2b3c4d>",
        "trace 3f01d5a5-86e2-41c1-b531-868b333d53ee|trace 0961B767-EF15-4E19-9407-0964968F20F6",
        "open /tmp/tmp.aB3dE6gH1j failed|open /tmp/tmp.Zz9yX8wV7u failed",
        "open /tmp/tmpk3j9x_2a/out.txt|open /tmp/tmpabcdefgh/out.txt",
        "/tmp/go-build3526546549/b001/x.test|/tmp/go-build1122334455/b001/x.test",
        "/var/tmp/build-a7Kq29xZ/log|/var/tmp/build-Q1w2E3r4/log",
        "/tmp/pytest-of-me/pytest-12/a|/tmp/pytest-of-me/pytest-13/a",
        "/tmp/3f01d5a5-86e2-41c1-b531-868b333d53ee/a|/tmp/0961b767-ef15-4e19-9407-0964968f20f6/a",
        "/private/var/folders/ab/q1w2e3r4/T/x|/private/var/folders/zz/aaaaaaaa/T/x",
        "/var/folders/ab/q1w2e3r4/T/x|/var/folders/zz/bbbbbbbb/T/x",
      })
  void shouldBeEqualWhenOnlyVolatilePartsDiffer(String one, String other) {
    assertThat(Digests.ofText(one)).isEqualTo(Digests.ofText(other));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "3 failed|2 failed",
        "main.c:12:34: error|main.c:12:35: error",
        "main.c:12:34:56: error|main.c:12:34:57: error",
        "line 41, in f|line 42, in f",
        "File \"a.py\", line 1234|File \"a.py\", line 1235",
        "read 4096 bytes at offset 8192|read 4096 bytes at offset 12288",
        "exit code 1|exit code 2",
        "version 1.2.3|version 1.2.4",
        "2026-11-23 report|2026-11-24 report",
        "value 0xff|value 0xfe",
        "items[12] missing|items[13] missing",
        "/tmp/a.py|/tmp/b.py",
        "/tmp/test_one.log|/tmp/test_two.log",
        "/tmp/MyFirstClass.java|/tmp/MyOtherClass.java",
        "/home/dev/tmpk3j9x_2a|/home/dev/tmpabcdefgh",
        "50 % done|51 % done",
        "commit 3f01d5a|commit 3f01d5b",
        "port 8080|port 8081",
        "12 tests|13 tests",
        "a1700000000b|a1700000001b",
      })
  void shouldDifferWhenTheWorkDiffers(String one, String other) {
    assertThat(Digests.ofText(one)).isNotEqualTo(Digests.ofText(other));
  }

  @Test
  void shouldIgnoreLineEndsAndSpaceAtTheEndWhenComparing() {
    assertThat(Digests.ofText("a  \r\nb\r\n")).isEqualTo(Digests.ofText("a\nb"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1", "1:", "/tmp/", "[1234]", "a-", "1.", "p", "0x1", "12ms ", "\r", "((((", "é"})
  void shouldStayLinearWhenATextIsLongAndAwkward(String part) {
    // given
    String text = part.repeat(1_000_000 / part.length());

    // when
    String normalised = org.junit.jupiter.api.Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(20), () -> VolatileText.normalised(text));

    // then
    assertThat(normalised.length()).isLessThanOrEqualTo(text.length() * 8);
  }
}
