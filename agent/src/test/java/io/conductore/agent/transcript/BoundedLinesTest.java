package io.conductore.agent.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BoundedLinesTest {

  @Test
  void shouldNumberEveryLineWhenSomeAreBlankOrTooLong() throws IOException {
    // given
    String text = "one\n\n" + "x".repeat(200_000) + "\nfour\r\n" + "y".repeat(70_000) + "\nlast";

    // when
    List<String> seen = lines(text, 100_000);

    // then
    assertThat(seen)
        .containsExactly(
            "1:one", "2:", "3:too long", "4:four\r", "5:" + "y".repeat(70_000), "6:last");
  }

  @Test
  void shouldEndAtOnceWhenTheStreamIsEmpty() throws IOException {
    assertThat(lines("", 10)).isEmpty();
    assertThat(lines("\n", 10)).containsExactly("1:");
  }

  @Test
  void shouldTakeALineOfExactlyTheLimit() throws IOException {
    assertThat(lines("1234567890\n12345678901\n1", 10))
        .containsExactly("1:1234567890", "2:too long", "3:1");
  }

  private static List<String> lines(String text, int lineBytesMax) throws IOException {
    List<String> seen = new ArrayList<>();
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try (BoundedLines lines = new BoundedLines(new ByteArrayInputStream(bytes), lineBytesMax)) {
      while (lines.advance()) {
        String line = new String(lines.bytes(), 0, lines.length(), StandardCharsets.UTF_8);
        seen.add(lines.number() + ":" + (lines.oversize() ? "too long" : line));
      }
      assertThat(lines.bytesRead()).isEqualTo(bytes.length);
    }
    return seen;
  }
}
