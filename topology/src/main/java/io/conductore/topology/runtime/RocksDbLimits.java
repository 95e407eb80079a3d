package io.conductore.topology.runtime;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.WriteBufferManager;

/**
 * One block cache and one write-buffer budget for all stores of the process. RocksDB's memory is
 * off-heap: without this each store of each partition would take its own, and the process would die
 * with a healthy heap.
 */
public final class RocksDbLimits implements RocksDBConfigSetter {
  static final long CACHE_BYTES_MAX = 96L * 1024 * 1024;
  static final long WRITE_BUFFERS_BYTES_MAX = 64L * 1024 * 1024;
  private static final long WRITE_BUFFER_BYTES = 8L * 1024 * 1024;

  /**
   * A store takes a block with its first write and fills it slowly. At RocksDB's own 1 MiB the
   * dozens of stores would have much of the budget in empty space, and each would be flushed small.
   */
  private static final long WRITE_BUFFER_BLOCK_BYTES = 64 * 1024;

  private static final int WRITE_BUFFERS_MAX = 3;
  private static final int SHARD_BITS_DEFAULT = -1;
  private static final double HIGH_PRIORITY_SHARE = 0.2;

  // Shared by all stores and never closed: they live as long as the process.
  private static final Cache CACHE =
      new LRUCache(CACHE_BYTES_MAX, SHARD_BITS_DEFAULT, false, HIGH_PRIORITY_SHARE);
  private static final WriteBufferManager WRITE_BUFFERS =
      new WriteBufferManager(WRITE_BUFFERS_BYTES_MAX, CACHE);

  @Override
  public void setConfig(String store, Options options, Map<String, Object> configs) {
    BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
    table.setBlockCache(CACHE);
    // Index and filter blocks count too, or they grow beside the limit.
    table.setCacheIndexAndFilterBlocks(true);
    table.setCacheIndexAndFilterBlocksWithHighPriority(true);
    table.setPinL0FilterAndIndexBlocksInCache(true);
    options.setTableFormatConfig(table);
    options.setWriteBufferManager(WRITE_BUFFERS);
    options.setWriteBufferSize(WRITE_BUFFER_BYTES);
    // Kafka Streams takes the filters off the last level, for keys that are mostly there. Event ids
    // are mostly not there, and each would read a block to learn it.
    options.setOptimizeFiltersForHits(false);
    options.setArenaBlockSize(WRITE_BUFFER_BLOCK_BYTES);
    options.setMaxWriteBufferNumber(WRITE_BUFFERS_MAX);
  }

  @Override
  public void close(String store, Options options) {
    // Nothing of a single store's own.
  }
}
