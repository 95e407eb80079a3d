package io.conductore.agent.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damages real files at random. The seed is printed; set DAMAGE_SEED to see a failure again. */
class DamageTest {
  private static final int ROUNDS = 150;
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void shouldNeverThrowNorReuseAnIdWhenAFileIsDamaged(@TempDir Path folder) throws IOException {
    // given
    String given = System.getenv("DAMAGE_SEED");
    long seed = given == null ? new Random().nextLong() : Long.parseLong(given);
    System.out.println("DAMAGE_SEED=" + seed);
    Random random = new Random(seed);
    List<Path> files = new ArrayList<>(RealRuns.all(".jsonl"));
    files.addAll(RealRuns.all(".traj"));

    for (int round = 0; round < ROUNDS; round++) {
      // when
      Path file = files.get(random.nextInt(files.size()));
      String name = String.valueOf(file.getFileName());
      Path damaged = folder.resolve("damaged" + name.substring(name.lastIndexOf('.')));
      Files.write(damaged, damaged(Files.readAllBytes(file), random));
      List<ObjectNode> events = RealRuns.events(damaged);

      // then
      Map<String, ObjectNode> byId = new HashMap<>();
      for (ObjectNode event : events) {
        ObjectNode sent = (ObjectNode) JSON.readTree(JSON.writeValueAsBytes(event));
        ObjectNode known = byId.putIfAbsent(event.path("eventId").asText(), sent);
        assertThat(known).as("seed %d round %d %s", seed, round, name).isNull();
      }
      assertThat(RealRuns.events(damaged)).as("seed %d round %d", seed, round).isEqualTo(events);
    }
  }

  private static byte[] damaged(byte[] whole, Random random) {
    byte[] bytes = whole.clone();
    switch (random.nextInt(5)) {
      case 0 -> {
        for (int i = random.nextInt(200); i >= 0; i--) {
          bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
      }
      case 1 -> {
        for (int i = random.nextInt(100); i >= 0; i--) {
          // Digits become other digits: ids, counts and times stay well formed and collide.
          int at = random.nextInt(bytes.length);
          bytes[at] = Character.isDigit(bytes[at]) ? (byte) ('0' + random.nextInt(10)) : bytes[at];
        }
      }
      case 2 -> bytes = java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length));
      case 3 -> {
        int from = random.nextInt(bytes.length);
        java.util.Arrays.fill(
            bytes, from, Math.min(bytes.length, from + random.nextInt(4096)), (byte) 0);
      }
      default -> bytes = shuffledLines(bytes, random);
    }
    return bytes;
  }

  /** Lines left out, doubled and moved, as after a crash, a copy or two writers. */
  private static byte[] shuffledLines(byte[] bytes, Random random) {
    String[] lines =
        new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1).split("\n", -1);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (String line : lines) {
      String taken = random.nextInt(4) == 0 ? lines[random.nextInt(lines.length)] : line;
      for (int copies = random.nextInt(3); copies > 0; copies--) {
        out.writeBytes((taken + "\n").getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
      }
    }
    return out.toByteArray();
  }
}
