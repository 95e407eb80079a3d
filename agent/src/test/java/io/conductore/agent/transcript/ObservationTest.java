package io.conductore.agent.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ObservationTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '§',
      value = {
        "python|EXECUTION TIMED OUT",
        "make|The command 'make all' was cancelled because it took more than 25 seconds",
        "edit|Your proposed edit has introduced new syntax error(s). Please",
        "foo|bash: foo: command not found",
        "cat|cat: x.py: No such file or directory",
        "python|python3: can't open file 'x.py': [Errno 2] No such file or directory",
        "pip|ERROR: No matching distribution found",
        "git|fatal: not a git repository",
      })
  void shouldSeeAnErrorWhenTheOutputBeginsAsOne(String tool, String observation) {
    assertThat(Observation.isError(tool, "\r\n" + observation + "\n")).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '§',
      value = {
        "python|§§",
        "python|Script completed successfully, no errors. Result: True",
        "submit|Wrong flag!",
        "grep|src/a.c: perror: No such file or directory is what it says",
        "prog|Usage: prog [options]",
        "python|Warning: _curses.error: setupterm: could not find terminfo database",
      })
  void shouldSeeNoErrorWhenTheOutputOnlySpeaksOfErrors(String tool, String observation) {
    assertThat(Observation.isError(tool, observation)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"python,true", "pytest,true", "cat,false", "open,false"})
  void shouldSeeAnErrorWhenATracebackIsTheEndAndNoFile(String tool, boolean error) {
    // given
    String output = """
        starting
        Traceback (most recent call last):
          File "a.py", line 1, in <module>
        ValueError: 7
        """;

    // then
    assertThat(Observation.isError(tool, output)).isEqualTo(error);
    assertThat(Observation.isError(tool, output + "recovered, all 3 passed\n")).isFalse();
  }
}
