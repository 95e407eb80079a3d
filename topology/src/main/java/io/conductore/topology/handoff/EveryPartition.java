package io.conductore.topology.handoff;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.streams.processor.StreamPartitioner;

/**
 * Sends what is for {@link Handoff#EVERYONE} to every partition of the topic, and the rest where
 * its key belongs.
 */
public final class EveryPartition implements StreamPartitioner<byte[], byte[]> {
  private static final byte[] EVERYONE = Handoff.EVERYONE.getBytes(StandardCharsets.UTF_8);

  @Override
  public Optional<Set<Integer>> partitions(
      String topic, byte[] key, byte[] value, int partitionCount) {
    // Empty means the producer's own choice by key.
    return Arrays.equals(key, EVERYONE)
        ? Optional.of(IntStream.range(0, partitionCount).boxed().collect(Collectors.toSet()))
        : Optional.empty();
  }
}
