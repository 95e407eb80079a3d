package io.conductore.query.read;

import io.conductore.schemas.Feed;
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
 * a0.123-l2.7 (feed, partition, offset).
 */
public record PositionToken(Map<Place, Long> nextOffsets) {
  public static final PositionToken START = new PositionToken(Map.of());
  private static final int TEXT_CHARS_MAX = 1_000;
  private static final Pattern PART = Pattern.compile("([a-z])(\\d{1,4})\\.(\\d{1,18})");

  /** One partition of a feed. */
  public record Place(Feed feed, int partition) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      int byFeed = feed.compareTo(other.feed);
      return byFeed != 0 ? byFeed : Integer.compare(partition, other.partition);
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
      Optional<Feed> feed = Feed.byLetter(matcher.group(1).charAt(0));
      if (feed.isEmpty()) {
        return Optional.empty();
      }
      Place place = new Place(feed.get(), Integer.parseInt(matcher.group(2)));
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

  /** Reached when anything more is folded at one of its places. */
  public PositionToken next() {
    Map<Place, Long> offsets = new TreeMap<>();
    nextOffsets.forEach((place, offset) -> offsets.put(place, offset + 1));
    return new PositionToken(offsets);
  }

  public String text() {
    return nextOffsets.entrySet().stream()
        .map(entry -> entry.getKey().feed().letter()
            + Integer.toString(entry.getKey().partition())
            + "."
            + entry.getValue())
        .collect(Collectors.joining("-"));
  }
}
