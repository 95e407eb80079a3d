package io.conductore.topology.lifecycle;

import io.conductore.topology.state.StateSerde;
import java.io.IOException;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;

/**
 * The end of an issue's stream.
 *
 * @param ordinal the place of its newest event, dense from 1
 */
public record IssueStream(String streamId, long ordinal, long firstMs, long lastMs) {
  public static final StateSerde<IssueStream> SERDE = new IssueStreamSerde();

  static IssueStream opening(String streamId) {
    return new IssueStream(streamId, 0, Long.MAX_VALUE, Long.MIN_VALUE);
  }

  IssueStream apply(long occurredAtMs) {
    return new IssueStream(
        streamId, ordinal + 1, Math.min(firstMs, occurredAtMs), Math.max(lastMs, occurredAtMs));
  }

  private static final class IssueStreamSerde extends StateSerde<IssueStream> {
    private IssueStreamSerde() {
      super(1);
    }

    @Override
    protected void write(IssueStream issue, Encoder to) throws IOException {
      to.writeString(issue.streamId());
      to.writeLong(issue.ordinal());
      to.writeLong(issue.firstMs());
      to.writeLong(issue.lastMs());
    }

    @Override
    protected IssueStream read(int writtenVersion, Decoder from) throws IOException {
      return new IssueStream(from.readString(), from.readLong(), from.readLong(), from.readLong());
    }
  }
}
