package io.conductore.topology.escalation;

import io.conductore.topology.handoff.CauseRecord;
import io.conductore.topology.head.EventIdKey;
import java.util.HexFormat;
import java.util.Locale;

/** The same cause of the same subject, begun by the same event, is the same escalation. */
final class EscalationId {
  private static final int HASH_BYTES = 6;
  private static final int NAME_CHARS_MAX = 60;

  private EscalationId() {}

  /** Such as silence-dev-e-3f9a1c0b77de: to be read by people and to be typed into a path. */
  static String of(CauseRecord.Raised raised) {
    String whole = raised.cause() + "\n" + raised.subject().key() + "\n" + raised.causeEventId();
    String name = (raised.cause() + "-" + raised.subject().key())
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^a-z0-9]+", "-");
    String hash = HexFormat.of().formatHex(EventIdKey.of(whole), 0, HASH_BYTES);
    return name.substring(0, Math.min(name.length(), NAME_CHARS_MAX)) + "-" + hash;
  }
}
