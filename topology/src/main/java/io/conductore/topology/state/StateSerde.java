package io.conductore.topology.state;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * A state record as bytes: a version number and then Avro binary primitives. Fields are only ever
 * appended, and {@link #read} learns the version it reads, so state written by an older release
 * stays readable.
 *
 * <p>Thread-safe: queries deserialize on their own threads while the stream thread serializes.
 */
public abstract class StateSerde<T> implements Serde<T> {
  private static final ThreadLocal<Scratch> SCRATCH = ThreadLocal.withInitial(Scratch::new);
  private final int version;

  private static final class Scratch {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(2_048);
    private final BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
  }

  /** The version that {@link #write} writes. */
  protected StateSerde(int version) {
    this.version = version;
  }

  protected abstract void write(T state, Encoder to) throws IOException;

  protected abstract T read(int writtenVersion, Decoder from) throws IOException;

  public final byte[] toBytes(T state) {
    Scratch scratch = SCRATCH.get();
    scratch.bytes.reset();
    try {
      scratch.encoder.writeInt(version);
      write(state, scratch.encoder);
      scratch.encoder.flush();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    } catch (RuntimeException halfWritten) {
      // The encoder still holds the first half, which it would write before the next state.
      SCRATCH.remove();
      throw halfWritten;
    }
    return scratch.bytes.toByteArray();
  }

  public final T fromBytes(byte[] bytes) {
    BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(bytes, null);
    try {
      int written = decoder.readInt();
      if (written > version) {
        throw new IllegalStateException(
            "state of version " + written + " was written by a newer release");
      }
      return read(written, decoder);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @Override
  public final Serializer<T> serializer() {
    return new Serializer<>() {
      // Kafka calls serialize with null for a deletion, whatever the type says.
      @Override
      @SuppressWarnings("NullAway")
      public byte @Nullable [] serialize(String topic, @Nullable T state) {
        return state == null ? null : toBytes(state);
      }
    };
  }

  @Override
  public final Deserializer<T> deserializer() {
    return new Deserializer<>() {
      @Override
      @SuppressWarnings("NullAway")
      public @Nullable T deserialize(String topic, byte @Nullable [] bytes) {
        return bytes == null ? null : fromBytes(bytes);
      }
    };
  }

  protected static void writeText(@Nullable String text, Encoder to) throws IOException {
    to.writeBoolean(text != null);
    if (text != null) {
      to.writeString(text);
    }
  }

  protected static @Nullable String readText(Decoder from) throws IOException {
    return from.readBoolean() ? from.readString() : null;
  }

  protected static void writeTexts(List<String> texts, Encoder to) throws IOException {
    to.writeInt(texts.size());
    for (String text : texts) {
      to.writeString(text);
    }
  }

  protected static List<String> readTexts(Decoder from) throws IOException {
    int count = from.readInt();
    List<String> texts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      texts.add(from.readString());
    }
    return List.copyOf(texts);
  }

  protected static void writeTimes(Map<String, Long> times, Encoder to) throws IOException {
    to.writeInt(times.size());
    for (Map.Entry<String, Long> entry : times.entrySet()) {
      to.writeString(entry.getKey());
      to.writeLong(entry.getValue());
    }
  }

  protected static Map<String, Long> readTimes(Decoder from) throws IOException {
    int count = from.readInt();
    Map<String, Long> times = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      times.put(from.readString(), from.readLong());
    }
    return times;
  }
}
