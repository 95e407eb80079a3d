package io.conductore.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conductore.schemas.registry.WireFormat.Header;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireFormatTest {

  @ParameterizedTest
  @ValueSource(
      ints = {1, 127, 128, 65_536, 0x01020304, SchemaIds.BUNDLED_ID_MIN, Integer.MAX_VALUE})
  void shouldReadBackTheIdWhenWrittenBigEndian(int id) {
    // given
    byte[] header = WireFormat.header(id);
    // when
    Header read = WireFormat.readHeader(header);
    // then
    assertThat(read).isEqualTo(new Header.SchemaId(id));
    assertThat(ByteBuffer.wrap(header, 1, 4).getInt()).isEqualTo(id);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4})
  void shouldSayNotAvroWhenShorterThanTheHeader(int length) {
    // when
    Header read = WireFormat.readHeader(new byte[length]);
    // then
    assertThat(read).isInstanceOf(Header.NotAvro.class);
  }

  @Test
  void shouldSayNotAvroWhenBytesAreJson() {
    // when
    Header read = WireFormat.readHeader("{\"type\":\"HEARTBEAT\"}".getBytes());
    // then
    assertThat(read).isEqualTo(new Header.NotAvro("first byte is 123, not 0"));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
  void shouldRefuseIdsThatNoRegistryGives(int id) {
    // given
    byte[] header = ByteBuffer.allocate(5).put((byte) 0).putInt(id).array();
    // when
    Header read = WireFormat.readHeader(header);
    // then
    assertThat(read).isInstanceOf(Header.NotAvro.class);
    assertThatThrownBy(() -> WireFormat.header(id)).isInstanceOf(IllegalArgumentException.class);
  }
}
