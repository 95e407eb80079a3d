package io.conductore.topology.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;
import org.junit.jupiter.api.Test;

/**
 * The rules that hold for every state: old versions stay readable, newer ones are refused, nothing
 * leaks.
 */
class StateSerdeTest {

  private record Note(String text, int stars) {}

  /** Version 1 had the text only. */
  private static final class NoteSerde extends StateSerde<Note> {
    private static final int STARS_SINCE = 2;
    private final int version;

    private NoteSerde(int version) {
      super(version);
      this.version = version;
    }

    @Override
    protected void write(Note note, Encoder to) throws IOException {
      to.writeString("before " + note.text());
      if (note.stars() < 0) {
        throw new IllegalArgumentException("no such stars");
      }
      if (version >= STARS_SINCE) {
        to.writeInt(note.stars());
      }
    }

    @Override
    protected Note read(int writtenVersion, Decoder from) throws IOException {
      String text = from.readString().substring("before ".length());
      return new Note(text, writtenVersion >= STARS_SINCE ? from.readInt() : 0);
    }
  }

  @Test
  void shouldReadAnOldStateWhenTheReleaseIsNewer() {
    // given
    byte[] old = new NoteSerde(1).toBytes(new Note("a", 5));

    // when
    Note read = new NoteSerde(2).fromBytes(old);

    // then
    assertThat(read).isEqualTo(new Note("a", 0));
  }

  @Test
  void shouldRefuseAStateWhenANewerReleaseWroteIt() {
    // given
    byte[] newer = new NoteSerde(2).toBytes(new Note("a", 5));

    // when
    var reading = assertThatThrownBy(() -> new NoteSerde(1).fromBytes(newer));

    // then
    reading.isInstanceOf(IllegalStateException.class).hasMessageContaining("newer release");
  }

  @Test
  void shouldRefuseAStateWhenItIsCutOff() {
    // given
    byte[] cut = {4, 99, 'b'};

    // when
    var reading = assertThatThrownBy(() -> new NoteSerde(2).fromBytes(cut));

    // then
    reading.isInstanceOfAny(UncheckedIOException.class, RuntimeException.class);
  }

  @Test
  void shouldWriteTheNextStateWholeWhenOneCouldNotBeWritten() {
    // given
    NoteSerde serde = new NoteSerde(2);
    assertThatThrownBy(() -> serde.toBytes(new Note("broken", -1)))
        .isInstanceOf(IllegalArgumentException.class);

    // when
    Note next = serde.fromBytes(serde.toBytes(new Note("whole", 3)));

    // then
    assertThat(next).isEqualTo(new Note("whole", 3));
  }

  @Test
  void shouldPassNullThroughWhenAStoreDeletes() {
    // given
    NoteSerde serde = new NoteSerde(2);

    // when
    byte[] deleted = serde.serializer().serialize("topic", null);

    // then
    assertThat(deleted).isNull();
    assertThat(serde.deserializer().deserialize("topic", null)).isNull();
  }

  @Test
  void shouldSortKeysByPartWhenOneTextBeginsAnother() {
    // given
    byte[] shorter = Keys.ofTexts("a", "z");

    // when
    byte[] longer = Keys.ofTexts("ab", "a");

    // then
    assertThat(java.util.Arrays.compareUnsigned(shorter, longer)).isNegative();
    assertThat(Keys.texts(java.nio.ByteBuffer.wrap(longer))).isEqualTo(List.of("ab", "a"));
    assertThat(Keys.texts(java.nio.ByteBuffer.wrap(Keys.ofTexts("", "", "é"))))
        .isEqualTo(List.of("", "", "é"));
  }

  @Test
  void shouldKeepAKeyPartReadableWhenTheTextIsHostile() {
    // given
    Map<String, String> cleaned = Map.of("a\0b\0", "ab", "\0", "", "plain", "plain");

    // when
    var parts = cleaned.keySet().stream().map(Keys::part);

    // then
    assertThat(parts).containsExactlyInAnyOrderElementsOf(cleaned.values());
    assertThat(Keys.part("x".repeat(9_000))).hasSize(Clip.TEXT_CHARS_MAX);
  }
}
