package io.conductore.schemas.registry;

import io.conductore.schemas.registry.WireFormat.Header;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.io.FastReaderBuilder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Records of one compiled type to wire bytes and back, whatever version of its schema they were
 * written with. Bad bytes are an outcome and never an exception; a bad record is the caller's bug
 * and throws. Thread-safe, also for virtual threads: what is kept per thread is small.
 */
public final class AvroCodec<T extends SpecificRecord> {
  /**
   * Above any record that a topic of ours takes, so it only stops what could never have come from
   * one.
   */
  public static final int RECORD_BYTES_MAX = 2 * 1024 * 1024;

  /** A thread keeps its buffers unless one huge record has blown them up. */
  private static final int SCRATCH_BYTES_KEPT = 64 * 1024;

  private static final int READERS_MAX = 1_000;
  private static final int NO_WRITER = 0;
  private static final ThreadLocal<Scratch> SCRATCH = ThreadLocal.withInitial(Scratch::new);

  private final Schema schema;
  private final SchemaIds ids;
  private final int writerId;
  private final byte[] header;
  private final DatumWriter<T> writer;
  private final FastReaderBuilder readerBuilder;
  private final Map<Integer, Reader<T>> readers = new ConcurrentHashMap<>();

  /** Most records in a row have one writer: this saves the look-up and its boxing. */
  private volatile @Nullable Reader<T> latest;

  private AvroCodec(Class<T> type, int writerId, SchemaIds ids) {
    SpecificData model = new CompiledModel(type);
    this.schema = model.getSchema(type);
    this.ids = ids;
    this.writerId = writerId;
    this.header = writerId == NO_WRITER ? new byte[0] : WireFormat.header(writerId);
    this.writer = new SpecificDatumWriter<>(schema, model);
    // Not SpecificDatumReader, which does the same only while a system property leaves it to, and
    // else trusts array lengths in generated code.
    this.readerBuilder = new FastReaderBuilder(model);
  }

  /**
   * For the values of a topic.
   *
   * @throws IllegalStateException if {@link SchemaSetup} has not settled the subject's id
   */
  public static <T extends SpecificRecord> AvroCodec<T> forTopic(
      String topic, Class<T> type, SchemaIds ids) {
    String subject = SchemaSetup.valueSubject(topic);
    Schema schema = SpecificData.getForClass(type).getSchema(type);
    OptionalInt id = ids.writerId(subject, schema);
    if (id.isEmpty()) {
      throw new IllegalStateException("no schema id for " + subject + ": run SchemaSetup first");
    }
    return new AvroCodec<>(type, id.getAsInt(), ids);
  }

  /** For those who only read: needs no id of its own. */
  public static <T extends SpecificRecord> AvroCodec<T> reading(Class<T> type, SchemaIds ids) {
    return new AvroCodec<>(type, NO_WRITER, ids);
  }

  private static final class Scratch {
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);

    @Nullable
    BinaryEncoder encoder;

    @Nullable
    BinaryDecoder decoder;
  }

  private record Reader<T>(int id, DatumReader<T> datum) {}

  /**
   * Header and Avro binary; throws for a record that breaks its own schema or outgrows the limit.
   */
  public byte[] encode(T record) {
    if (writerId == NO_WRITER) {
      throw new IllegalStateException("this codec only reads");
    }
    Scratch scratch = SCRATCH.get();
    boolean reusable = false;
    try {
      scratch.bytes.reset();
      scratch.bytes.write(header, 0, header.length);
      scratch.encoder = EncoderFactory.get().binaryEncoder(scratch.bytes, scratch.encoder);
      writer.write(record, scratch.encoder);
      scratch.encoder.flush();
      int length = scratch.bytes.size();
      if (length > RECORD_BYTES_MAX) {
        throw new IllegalArgumentException(schema.getName() + " of " + length
            + " bytes is above the limit of " + RECORD_BYTES_MAX);
      }
      reusable = length <= SCRATCH_BYTES_KEPT;
      return scratch.bytes.toByteArray();
    } catch (IOException e) {
      throw new IllegalStateException("a byte array refused a write", e);
    } finally {
      // After a failure the encoder still holds half a record, which it would flush before the next
      // one.
      if (!reusable) {
        SCRATCH.remove();
      }
    }
  }

  /** Asks the registry at most once, and only for an id that was never met. */
  public Decoded<T> decode(byte[] bytes) {
    return decode(bytes, Duration.ZERO);
  }

  /** As above, but waits for a registry that is away, at most so long. */
  public Decoded<T> decode(byte[] bytes, Duration waitMax) {
    if (bytes.length > RECORD_BYTES_MAX) {
      return new Decoded.Malformed<>(
          bytes.length + " bytes are above the limit of " + RECORD_BYTES_MAX);
    }
    Header start = WireFormat.readHeader(bytes);
    if (start instanceof Header.NotAvro notAvro) {
      return new Decoded.Malformed<>(notAvro.reason());
    }
    int id = ((Header.SchemaId) start).id();
    Reader<T> last = latest;
    if (last != null && last.id() == id) {
      return read(bytes, last);
    }
    Reader<T> known = readers.get(id);
    return known == null ? readAsNew(bytes, id, waitMax) : read(bytes, known);
  }

  private Decoded<T> readAsNew(byte[] bytes, int id, Duration waitMax) {
    Resolved resolved = waitMax.isZero() ? ids.resolve(id) : ids.await(id, waitMax);
    if (resolved instanceof Resolved.Unknown unknown) {
      return new Decoded.UnknownSchema<>(id, unknown.why());
    }
    if (resolved instanceof Resolved.Unavailable away) {
      return new Decoded.RegistryAway<>(id, away.why(), away.retryAfter());
    }
    try {
      Schema written = ((Resolved.Known) resolved).schema();
      return read(bytes, addReader(id, written));
    } catch (IOException | RuntimeException | StackOverflowError e) {
      return new Decoded.Malformed<>(
          "schema id " + id + " cannot be read as " + schema.getFullName() + ": " + Wording.of(e));
    }
  }

  private synchronized Reader<T> addReader(int id, Schema written) throws IOException {
    if (readers.size() >= READERS_MAX) {
      readers.clear();
    }
    Reader<T> reader =
        new Reader<>(id, readerBuilder.createDatumReader(NamedMatch.of(written, schema), schema));
    readers.put(id, reader);
    return reader;
  }

  /**
   * Avro checks each length against the bytes that are left before it allocates; StackOverflowError
   * is what remains of a hostile depth in a recursive schema.
   */
  private Decoded<T> read(byte[] bytes, Reader<T> reader) {
    Scratch scratch = SCRATCH.get();
    try {
      int length = bytes.length - WireFormat.HEADER_BYTES;
      BinaryDecoder decoder = DecoderFactory.get()
          .binaryDecoder(bytes, WireFormat.HEADER_BYTES, length, scratch.decoder);
      scratch.decoder = decoder;
      T value = reader.datum().read(null, decoder);
      // A volatile write for each record would cost the other cores their cache line.
      Reader<T> last = latest;
      if (last == null || last.id() != reader.id()) {
        latest = reader;
      }
      return decoder.isEnd()
          ? new Decoded.Value<>(value)
          : new Decoded.Malformed<>("bytes left over after the record");
    } catch (IOException | RuntimeException | StackOverflowError e) {
      return new Decoded.Malformed<>("schema id " + reader.id() + ": " + Wording.of(e));
    }
  }
}
