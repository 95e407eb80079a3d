package io.conductore.topology.activity;

import io.conductore.topology.state.StateSerde;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;

/**
 * The newest times that the guard stopped an agent: enough to tell a storm, the same in any order
 * of arrival.
 *
 * @param blocks by time, then id
 */
public record GuardBlocks(List<Block> blocks) {
  /** So many blocks within the window are a storm: the agent does not take no for an answer. */
  static final int STORM_BLOCKS = 10;

  static final Duration STORM_WINDOW = Duration.ofMinutes(10);
  static final GuardBlocks NONE = new GuardBlocks(List.of());
  public static final StateSerde<GuardBlocks> SERDE = new GuardBlocksSerde();

  private static final Comparator<Block> ORDER =
      Comparator.comparingLong(Block::atMs).thenComparing(Block::eventId);

  /** One GUARD_BLOCKED. */
  public record Block(long atMs, String eventId) {}

  public GuardBlocks {
    blocks = List.copyOf(blocks);
  }

  GuardBlocks apply(Block block) {
    List<Block> next = new ArrayList<>(blocks);
    next.add(block);
    next.sort(ORDER);
    return new GuardBlocks(next.subList(Math.max(0, next.size() - STORM_BLOCKS), next.size()));
  }

  boolean isStorm() {
    return blocks.size() == STORM_BLOCKS
        && blocks.getLast().atMs() - blocks.getFirst().atMs() <= STORM_WINDOW.toMillis();
  }

  List<String> eventIds() {
    return blocks.stream().map(Block::eventId).toList();
  }

  private static final class GuardBlocksSerde extends StateSerde<GuardBlocks> {
    private GuardBlocksSerde() {
      super(1);
    }

    @Override
    protected void write(GuardBlocks state, Encoder to) throws IOException {
      to.writeInt(state.blocks().size());
      for (Block block : state.blocks()) {
        to.writeLong(block.atMs());
        to.writeString(block.eventId());
      }
    }

    @Override
    protected GuardBlocks read(int writtenVersion, Decoder from) throws IOException {
      int count = from.readInt();
      List<Block> blocks = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        blocks.add(new Block(from.readLong(), from.readString()));
      }
      return new GuardBlocks(blocks);
    }
  }
}
