package io.conductore.bench.peer;

import static io.conductore.bench.peer.StoreWrites.Store.AGENTS;
import static io.conductore.bench.peer.StoreWrites.Store.COSTS;
import static io.conductore.bench.peer.StoreWrites.Store.IDS;
import static io.conductore.bench.peer.StoreWrites.Store.SESSIONS;
import static io.conductore.bench.peer.StoreWrites.Store.STREAMS;

import java.util.List;

/**
 * The store writes that the product makes for one event of a type. The bare fold makes as many,
 * with values of about the same size; the report shows the product's own count beside it, read from
 * its changelogs.
 */
public enum StoreWrites {
  TOOL_CALL,
  TURN_COMPLETED,
  TOKEN_USAGE,
  HEARTBEAT;

  private static final List<Store> EVERY_EVENT = List.of(IDS, STREAMS, AGENTS);
  private static final List<Store> SESSION_EVENT = List.of(IDS, STREAMS, AGENTS, SESSIONS);
  private static final List<Store> MODEL_CALL = List.of(IDS, STREAMS, AGENTS, SESSIONS, COSTS);

  /**
   * The stores of the bare fold, with the size of one value; a stream entry is the event itself.
   */
  public enum Store {
    IDS("bare-ids", 16),
    STREAMS("bare-streams", 0),
    AGENTS("bare-agents", 150),
    SESSIONS("bare-sessions", 720),
    COSTS("bare-costs", 60);

    private final String storeName;
    private final int valueBytes;

    Store(String storeName, int valueBytes) {
      this.storeName = storeName;
      this.valueBytes = valueBytes;
    }

    public String storeName() {
      return storeName;
    }

    public int valueBytes() {
      return valueBytes;
    }
  }

  public List<Store> stores() {
    return switch (this) {
      case TURN_COMPLETED, HEARTBEAT -> EVERY_EVENT;
      case TOOL_CALL -> SESSION_EVENT;
      case TOKEN_USAGE -> MODEL_CALL;
    };
  }
}
