package io.conductore.query.read;

import io.conductore.schemas.Log;
import io.conductore.schemas.Topics;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A position in the logs: for some partitions, the offset of the next record that is not yet
 * folded. Opaque to clients; an answer with a token sees everything before it. Text form:
 * a0.123-l2.7 (log, partition, offset).
 */
public record PositionToken(Map<Place, Long> nextOffsets) {
  public static final PositionToken START = new PositionToken(Map.of());
  private static final int TEXT_CHARS_MAX = 400;
  private static final Pattern PART = Pattern.compile("([al])(\\d{1,4})\\.(\\d{1,18})");

  /** One partition of a log. */
  public record Place(Log log, int partition) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      int byLog = log.compareTo(other.log);
      return byLog != 0 ? byLog : Integer.compare(partition, other.partition);
    }
  }

  public PositionToken {
    nextOffsets = Collections.unmodifiableMap(new TreeMap<>(nextOffsets));
  }

  /** Empty for a text that is no token of ours. */
  public static Optional<PositionToken> parse(String text) {
    if (text.length() > TEXT_CHARS_MAX) {
      return Optional.empty();
    }
    Map<Place, Long> offsets = new TreeMap<>();
    for (String part : text.trim().split("-", -1)) {
      Matcher matcher = PART.matcher(part);
      if (!matcher.matches() || Integer.parseInt(matcher.group(2)) >= Topics.LOG_PARTITIONS) {
        return Optional.empty();
      }
      Log log = matcher.group(1).equals("a") ? Log.ACTIVITY : Log.LIFECYCLE;
      Place place = new Place(log, Integer.parseInt(matcher.group(2)));
      offsets.merge(place, Long.parseLong(matcher.group(3)), Math::max);
    }
    return Optional.of(new PositionToken(offsets));
  }

  /** This token and one more place, the later offset where both name it. */
  public PositionToken with(Place place, long nextOffset) {
    Map<Place, Long> offsets = new TreeMap<>(nextOffsets);
    offsets.merge(place, nextOffset, Math::max);
    return new PositionToken(offsets);
  }

  public String text() {
    return nextOffsets.entrySet().stream()
        .map(entry ->
            letter(entry.getKey().log()) + entry.getKey().partition() + "." + entry.getValue())
        .collect(Collectors.joining("-"));
  }

  private static String letter(Log log) {
    return log == Log.ACTIVITY ? "a" : "l";
  }
}
