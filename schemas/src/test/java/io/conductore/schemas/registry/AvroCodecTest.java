package io.conductore.schemas.registry;

import static io.conductore.schemas.registry.SchemaIds.BUNDLED_ID_MIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class AvroCodecTest {
  private static final int PING_ID = BUNDLED_ID_MIN;
  private static final int NEXT_ID = BUNDLED_ID_MIN + 1;
  private static final int BROKEN_ID = BUNDLED_ID_MIN + 2;
  private static final int OTHER_ID = BUNDLED_ID_MIN + 3;
  private static final Schema OTHER =
      SchemaBuilder.record("Pong").fields().requiredLong("n").endRecord();
  private static final Ping PING = Ping.of("a", 42, List.of("x", "y"));

  @Test
  void shouldDecodeWhatItEncoded() {
    // given
    AvroCodec<Ping> codec = codec();
    // when
    byte[] bytes = codec.encode(PING);
    // then
    assertThat(WireFormat.readHeader(bytes)).isEqualTo(new WireFormat.Header.SchemaId(PING_ID));
    assertThat(codec.decode(bytes)).isEqualTo(new Decoded.Value<>(PING));
  }

  @Test
  void shouldReadRecordsOfANewerWriter() throws IOException {
    // given
    byte[] bytes = written(NEXT_ID, Ping.nextRecord("b", "hello"));
    // when
    Decoded<Ping> decoded = codec().decode(bytes);
    // then
    assertThat(decoded)
        .isInstanceOfSatisfying(
            Decoded.Value.class,
            value -> assertThat(((Ping) value.value()).id()).isEqualTo("b"));
  }

  @Test
  void shouldKeepWritersApartWhenTheyAlternate() throws IOException {
    // given
    AvroCodec<Ping> codec = codec();
    byte[] own = codec.encode(PING);
    byte[] newer = written(NEXT_ID, Ping.nextRecord("b", "hello"));
    for (int n = 0; n < 10; n++) {
      // when
      Decoded<Ping> decoded = codec.decode(n % 2 == 0 ? own : newer);
      // then
      String id = ((Decoded.Value<Ping>) decoded).value().id();
      assertThat(id).isEqualTo(n % 2 == 0 ? "a" : "b");
    }
  }

  @Test
  void shouldSayMalformedWhenTheWritersSchemaCannotBeRead() throws IOException {
    // given
    GenericRecord pong = new GenericRecordBuilder(OTHER).set("n", 1L).build();
    byte[] broken = codec().encode(PING);
    ByteBuffer.wrap(broken).putInt(1, BROKEN_ID);
    // then
    assertThat(codec().decode(written(OTHER_ID, pong))).isInstanceOf(Decoded.Malformed.class);
    assertThat(codec().decode(broken)).isInstanceOf(Decoded.Malformed.class);
  }

  @Test
  void shouldRefuseBytesAfterTheRecord() {
    // given
    byte[] bytes = codec().encode(PING);
    // when
    Decoded<Ping> decoded = codec().decode(Arrays.copyOf(bytes, bytes.length + 1));
    // then
    assertThat(decoded).isEqualTo(new Decoded.Malformed<>("bytes left over after the record"));
  }

  @Test
  void shouldRefuseEveryTruncation() {
    // given
    AvroCodec<Ping> codec = codec();
    byte[] bytes = codec.encode(PING);
    for (int length = 0; length < bytes.length; length++) {
      // when
      Decoded<Ping> decoded = codec.decode(Arrays.copyOf(bytes, length));
      // then
      assertThat(decoded).as("length %d", length).isInstanceOf(Decoded.Malformed.class);
    }
  }

  @Test
  void shouldNotAllocateWhatALengthOnlyClaims() throws IOException {
    // given: a few bytes that claim two billion characters, items, entries, bytes
    long claim = Integer.MAX_VALUE - 9L;
    List<byte[]> bombs = List.of(
        bomb(claim),
        bomb(0, 0, claim),
        bomb(0, 0, -claim, 4),
        bomb(0, 0, 0, claim),
        bomb(0, 0, 0, 0, 1, claim),
        bomb(0, 0, 0, 0, 2, claim),
        bomb(Long.MAX_VALUE),
        bomb(Long.MIN_VALUE),
        bomb(0, 0, Long.MIN_VALUE));
    for (byte[] bytes : bombs) {
      // when
      Decoded<Ping> decoded = codec().decode(bytes);
      // then
      assertThat(decoded).isInstanceOf(Decoded.Malformed.class);
    }
  }

  @Test
  void shouldRefuseWhatIsAboveTheLimitBothWays() {
    // given
    String huge = "x".repeat(AvroCodec.RECORD_BYTES_MAX);
    // then
    assertThat(codec().decode(new byte[AvroCodec.RECORD_BYTES_MAX + 1]))
        .isInstanceOf(Decoded.Malformed.class);
    assertThatThrownBy(() -> codec().encode(Ping.of(huge, 1, List.of())))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldEncodeTheNextRecordRightAfterOneThatFailed() {
    // given
    AvroCodec<Ping> codec = codec();
    Ping broken = Ping.of("half", 1, Arrays.asList("written", null));
    // when
    assertThatThrownBy(() -> codec.encode(broken)).isInstanceOf(RuntimeException.class);
    byte[] next = codec.encode(PING);
    // then
    assertThat(codec.decode(next)).isEqualTo(new Decoded.Value<>(PING));
  }

  @Test
  void shouldSurviveHostileDepthInARecursiveSchema() {
    // given: [null, self] that says "and one more" 100,000 times
    byte[] deep = new byte[WireFormat.HEADER_BYTES + 100_000];
    Arrays.fill(deep, WireFormat.HEADER_BYTES, deep.length, (byte) 2);
    System.arraycopy(WireFormat.header(PING_ID), 0, deep, 0, WireFormat.HEADER_BYTES);
    SchemaIds ids = SchemaIds.bundled(Map.of(PING_ID, Chain.SCHEMA$), SchemaFiles.none());
    // when
    Decoded<Chain> decoded = AvroCodec.reading(Chain.class, ids).decode(deep);
    // then
    assertThat(decoded).isInstanceOf(Decoded.Malformed.class);
  }

  @Test
  void shouldNotTakeANewerRecordOfAUnionForAnOlderOne() throws IOException {
    // given
    Schema ring = Chain.NEWER.getField("next").schema().getTypes().get(2);
    GenericRecord newer = new GenericRecordBuilder(ring).set("label", "gold").build();
    GenericRecord withNewer =
        new GenericRecordBuilder(Chain.NEWER).set("next", newer).build();
    GenericRecord older = new GenericRecordBuilder(Chain.NEWER).build();
    GenericRecord withOlder =
        new GenericRecordBuilder(Chain.NEWER).set("next", older).build();
    SchemaIds ids = SchemaIds.bundled(Map.of(NEXT_ID, Chain.NEWER), SchemaFiles.none());
    AvroCodec<Chain> codec = AvroCodec.reading(Chain.class, ids);
    // when
    Decoded<Chain> unknownType = codec.decode(written(NEXT_ID, withNewer));
    Decoded<Chain> knownType = codec.decode(written(NEXT_ID, withOlder));
    // then
    assertThat(unknownType).isInstanceOf(Decoded.Malformed.class);
    assertThat(unknownType.toString()).contains("Ring");
    assertThat(knownType).isInstanceOf(Decoded.Value.class);
  }

  @Test
  void shouldRefuseARecordOfAnotherNameEvenIfItWouldFit() throws IOException {
    // given
    Schema empty = Schema.createRecord("Empty", null, "x", false, List.of());
    SchemaIds ids = SchemaIds.bundled(Map.of(NEXT_ID, empty), SchemaFiles.none());
    byte[] bytes = written(NEXT_ID, new GenericRecordBuilder(empty).build());
    // when
    Decoded<Chain> decoded = AvroCodec.reading(Chain.class, ids).decode(bytes);
    // then
    assertThat(decoded).isInstanceOf(Decoded.Malformed.class);
  }

  @Test
  void shouldNeedSetupOnlyForWriting() {
    // given
    SchemaIds ids = SchemaIds.bundled(Map.of(), SchemaFiles.none());
    // then
    assertThatThrownBy(() -> AvroCodec.forTopic("rig.activity", Ping.class, ids))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("rig.activity-value");
    assertThatThrownBy(() -> AvroCodec.reading(Ping.class, ids).encode(PING))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void shouldSayUnknownOrAwayByWhatTheRegistrySays() throws IOException {
    try (FaultRegistry server = new FaultRegistry()) {
      // given
      server.then(FaultRegistry.reply(404, "{\"error_code\":40403,\"message\":\"none\"}"));
      server.always(FaultRegistry.reply(503, "{}"));
      SettableClock clock = new SettableClock();
      RegistryClient client =
          new RegistryClient(RegistryConfig.of(server.url()), clock, clock, new Random(1));
      SchemaIds ids = SchemaIds.of(client, Map.of(), SchemaFiles.none(), clock, clock);
      AvroCodec<Ping> codec = AvroCodec.reading(Ping.class, ids);
      // when
      Decoded<Ping> unknown = codec.decode(WireFormat.header(7));
      Decoded<Ping> away = codec.decode(WireFormat.header(8), Duration.ofSeconds(60));
      // then
      assertThat(unknown).isInstanceOf(Decoded.UnknownSchema.class);
      assertThat(away).isInstanceOf(Decoded.RegistryAway.class);
      assertThat(clock.pauses.stream().reduce(Duration.ZERO, Duration::plus))
          .isBetween(Duration.ofSeconds(55), Duration.ofSeconds(61));
    }
  }

  @Test
  void shouldBeSharedByThreads() throws Exception {
    // given
    AvroCodec<Ping> codec = codec();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    // when
    List<Future<Boolean>> results = IntStream.range(0, 8)
        .mapToObj(n -> threads.submit(() -> roundTrips(codec, n)))
        .toList();
    // then
    for (Future<Boolean> result : results) {
      assertThat(result.get()).isTrue();
    }
    threads.shutdown();
  }

  private static boolean roundTrips(AvroCodec<Ping> codec, int thread) {
    for (int n = 0; n < 5_000; n++) {
      Ping ping = Ping.of("t" + thread + "-" + n, n, Collections.nCopies(n % 5, "tag" + thread));
      if (!codec.decode(codec.encode(ping)).equals(new Decoded.Value<>(ping))) {
        return false;
      }
    }
    return true;
  }

  static AvroCodec<Ping> codec() {
    Map<Integer, Schema> bundled = Map.of(
        PING_ID,
        Ping.SCHEMA$,
        NEXT_ID,
        Ping.nextSchema(),
        BROKEN_ID,
        Ping.brokenSchema(),
        OTHER_ID,
        OTHER);
    SchemaIds ids = SchemaIds.bundled(bundled, SchemaFiles.none());
    new SchemaSetup(ids).run(Map.of("rig.activity-value", Ping.SCHEMA$));
    return AvroCodec.forTopic("rig.activity", Ping.class, ids);
  }

  static byte[] written(int id, GenericRecord record) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(WireFormat.header(id));
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
    encoder.flush();
    return out.toByteArray();
  }

  private static byte[] bomb(long... numbers) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(WireFormat.header(PING_ID));
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    for (long number : numbers) {
      encoder.writeLong(number);
    }
    encoder.flush();
    return out.toByteArray();
  }
}
