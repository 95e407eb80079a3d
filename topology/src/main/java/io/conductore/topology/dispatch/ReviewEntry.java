package io.conductore.topology.dispatch;

import io.conductore.topology.state.StateSerde;
import java.io.IOException;
import java.util.List;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;
import org.jspecify.annotations.Nullable;

/**
 * A round of review that is wanted.
 *
 * @param authors agents that may not review it
 * @param token of the reviewer's lease; 0 while nobody has it
 */
public record ReviewEntry(
    String issue,
    int prNumber,
    int round,
    @Nullable String title,
    Priority priority,
    long wantedAtMs,
    List<String> authors,
    long token) {
  public static final StateSerde<ReviewEntry> SERDE = new ReviewSerde();

  public ReviewEntry {
    authors = List.copyOf(authors);
  }

  public ReviewKey key(String pool) {
    return new ReviewKey(pool, issue, prNumber);
  }

  public boolean waits() {
    return token == 0;
  }

  ReviewEntry token(long leaseToken) {
    return new ReviewEntry(
        issue, prNumber, round, title, priority, wantedAtMs, authors, leaseToken);
  }

  private static final class ReviewSerde extends StateSerde<ReviewEntry> {
    private ReviewSerde() {
      super(1);
    }

    @Override
    protected void write(ReviewEntry review, Encoder to) throws IOException {
      to.writeString(review.issue());
      to.writeInt(review.prNumber());
      to.writeInt(review.round());
      writeText(review.title(), to);
      to.writeInt(review.priority().code());
      to.writeLong(review.wantedAtMs());
      writeTexts(review.authors(), to);
      to.writeLong(review.token());
    }

    @Override
    protected ReviewEntry read(int writtenVersion, Decoder from) throws IOException {
      return new ReviewEntry(
          from.readString(),
          from.readInt(),
          from.readInt(),
          readText(from),
          Priority.ofCode(from.readInt()),
          from.readLong(),
          readTexts(from),
          from.readLong());
    }
  }
}
