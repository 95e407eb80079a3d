package io.conductore.topology.state;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Store keys of several parts. Texts end with a zero byte, which no id may contain, so that keys
 * sort by part and a prefix of parts is a prefix of bytes.
 */
public final class Keys {
  private static final byte END = 0;

  private Keys() {}

  /** A free text as part of a key: without zero bytes, which would shift the parts, and short. */
  public static String part(String text) {
    return Clip.text(text.replace("\0", ""));
  }

  /** The bytes of these texts, each ended. */
  public static byte[] ofTexts(String... texts) {
    byte[][] parts = new byte[texts.length][];
    int length = 0;
    for (int i = 0; i < texts.length; i++) {
      parts[i] = texts[i].getBytes(StandardCharsets.UTF_8);
      length += parts[i].length + 1;
    }
    ByteBuffer key = ByteBuffer.allocate(length);
    for (byte[] part : parts) {
      key.put(part).put(END);
    }
    return key.array();
  }

  /** Reads one ended text and leaves the buffer behind it. */
  public static String text(ByteBuffer from) {
    int start = from.position();
    int end = start;
    while (from.get(end) != END) {
      end++;
    }
    byte[] text = new byte[end - start];
    from.get(text).get();
    return new String(text, StandardCharsets.UTF_8);
  }

  /** Reads ended texts to the end of the buffer. */
  public static List<String> texts(ByteBuffer from) {
    List<String> texts = new ArrayList<>();
    int start = from.position();
    for (int i = start; i < from.limit(); i++) {
      if (from.get(i) == END) {
        byte[] text = new byte[i - start];
        from.get(start, text);
        texts.add(new String(text, StandardCharsets.UTF_8));
        start = i + 1;
      }
    }
    from.position(from.limit());
    return texts;
  }

  /** A key serde from two functions, which never see the null that stands for an open bound. */
  public static <K> Serde<K> serde(Function<K, byte[]> write, Function<byte[], K> read) {
    return Serdes.serdeFrom(new PartsSerializer<>(write), new PartsDeserializer<>(read));
  }

  private record PartsSerializer<K>(Function<K, byte[]> write) implements Serializer<K> {
    @Override
    public byte @Nullable [] serialize(String topic, @Nullable K key) {
      return key == null ? null : write.apply(key);
    }
  }

  private record PartsDeserializer<K>(Function<byte[], K> read) implements Deserializer<K> {
    @Override
    public @Nullable K deserialize(String topic, byte @Nullable [] bytes) {
      return bytes == null ? null : read.apply(bytes);
    }
  }
}
