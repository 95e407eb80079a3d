package io.conductore.topology.state;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Store keys of several parts. Texts end with a zero byte, which no id may contain, so that keys sort by
 * part and a prefix of parts is a prefix of bytes.
 */
public final class Keys {
  private static final byte END = 0;

  private Keys() {}

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

  /** A key serde from two functions; keys are never null. */
  public static <K> Serde<K> serde(
      java.util.function.Function<K, byte[]> write, java.util.function.Function<byte[], K> read) {
    Serializer<K> serializer = (topic, key) -> write.apply(key);
    Deserializer<K> deserializer = (topic, bytes) -> read.apply(bytes);
    return Serdes.serdeFrom(serializer, deserializer);
  }
}
