package io.conductore.topology.activity;

import io.conductore.topology.state.StateSerde;
import java.io.IOException;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;

/** The bytes of a row of the cost table. */
public final class UsageSerde extends StateSerde<Usage> {
  public UsageSerde() {
    super(2);
  }

  @Override
  protected void write(Usage usage, Encoder to) throws IOException {
    usage.write(to);
    to.writeLong(usage.estimatedCalls());
  }

  @Override
  protected Usage read(int writtenVersion, Decoder from) throws IOException {
    Usage usage = Usage.read(from);
    return writtenVersion < 2 ? usage : usage.estimated(from.readLong());
  }
}
