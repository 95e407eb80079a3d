package io.conductore.topology.budget;

import io.conductore.topology.state.Keys;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.serialization.Serde;

/**
 * Whose limit it is: one agent's, or what all of a tenant, of a pool or on an issue spend together.
 *
 * @param id the agent, the tenant, the pool, or the issue as repo#number
 */
public record Scope(Kind kind, String id) implements Comparable<Scope> {
  public static final Serde<Scope> SERDE = Keys.serde(Scope::toBytes, Scope::fromBytes);

  /** What a limit can be for, the narrowest first. */
  public enum Kind {
    AGENT(0),
    ISSUE(1),
    POOL(2),
    TENANT(3);

    private final int code;

    Kind(int code) {
      this.code = code;
    }

    /** As events and answers spell it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    public static Kind ofWord(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT));
    }

    private static Kind ofCode(int code) {
      return Arrays.stream(values())
          .filter(kind -> kind.code == code)
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("no scope has the code " + code));
    }
  }

  public static Scope agent(String id) {
    return new Scope(Kind.AGENT, id);
  }

  public static Scope issue(String id) {
    return new Scope(Kind.ISSUE, id);
  }

  public static Scope pool(String id) {
    return new Scope(Kind.POOL, id);
  }

  public static Scope tenant(String id) {
    return new Scope(Kind.TENANT, id);
  }

  /**
   * The windows in which it can be limited: an issue in all of its life, the others by the clock.
   */
  public List<Window> windows() {
    return kind == Kind.ISSUE ? List.of(Window.TOTAL) : Window.BY_CLOCK;
  }

  /** For people: agent dev-e. */
  public String words() {
    return kind.word() + " " + id;
  }

  @Override
  public int compareTo(Scope other) {
    int byKind = kind.compareTo(other.kind);
    return byKind != 0 ? byKind : id.compareTo(other.id);
  }

  private byte[] toBytes() {
    byte[] text = Keys.ofTexts(id);
    return ByteBuffer.allocate(Integer.BYTES + text.length)
        .putInt(kind.code)
        .put(text)
        .array();
  }

  private static Scope fromBytes(byte[] bytes) {
    ByteBuffer from = ByteBuffer.wrap(bytes);
    return new Scope(Kind.ofCode(from.getInt()), Keys.text(from));
  }
}
