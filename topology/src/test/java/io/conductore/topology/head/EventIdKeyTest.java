package io.conductore.topology.head;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys of event ids, and times of records: the two things the head takes from outside. */
class EventIdKeyTest {

  @Test
  void shouldTakeTheBytesOfAUuidWhenTheIdIsOne() {
    // given
    UUID uuid = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");

    // when
    byte[] key = EventIdKey.of(uuid.toString());

    // then
    assertThat(key).hasSize(EventIdKey.KEY_BYTES).startsWith(0x00, 0x11, 0x22).endsWith(0xff);
  }

  @Test
  void shouldTellIdsApartWhenTheyDifferAtAll() {
    // given
    Random random = new Random(1);
    Set<String> ids = new HashSet<>(Set.of("", "a", "A", "a ", "1-1-1-1-1", "é", "e\u0301"));
    for (int i = 0; i < 1_000; i++) {
      String uuid = new UUID(random.nextLong(), random.nextLong()).toString();
      ids.add(uuid);
      ids.add(uuid.toUpperCase(Locale.ROOT));
      ids.add("{" + uuid + "}");
    }

    // when
    long keys =
        ids.stream().map(EventIdKey::of).map(Arrays::hashCode).distinct().count();

    // then
    assertThat(keys).isGreaterThan(ids.size() - 5L);
    assertThat(EventIdKey.of("00112233-4455-6677-8899-aabbccddeeff"))
        .isNotEqualTo(EventIdKey.of("00112233-4455-6677-8899-AABBCCDDEEFF"));
    assertThat(EventIdKey.of("1-1-1-1-1"))
        .isNotEqualTo(EventIdKey.of("00000001-0001-0001-0001-000000000001"));
  }

  @Test
  void shouldDeriveTheSameIdWhenTheTextIsTheSame() {
    // given
    String text = "stuck|e-1same-tool";

    // when
    String id = EventIdKey.derived(text);

    // then
    assertThat(id).isEqualTo(EventIdKey.derived(text)).hasSize(36);
    assertThat(id).isNotEqualTo(EventIdKey.derived(text + " "));
  }

  @ParameterizedTest
  @CsvSource({"5, 9, 5", "0, 9, 0", "-1, 9, 9", "-1, -1, 0", "-9223372036854775808, 3, 3"})
  void shouldFindATimeWhenARecordHasNone(long timestamp, long partitionTime, long time) {
    // given
    ConsumerRecord<Object, Object> record = new ConsumerRecord<>(
        "t",
        0,
        0,
        timestamp,
        TimestampType.CREATE_TIME,
        0,
        0,
        "k",
        "v",
        new RecordHeaders(),
        java.util.Optional.empty());

    // when
    long extracted = new RecordTime().extract(record, partitionTime);

    // then
    assertThat(extracted).isEqualTo(time);
  }
}
