package io.conductore.topology.activity;

import io.conductore.topology.state.StateSerde;
import java.io.IOException;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;

/** The bytes of a row of the cost table. */
public final class UsageSerde extends StateSerde<Usage> {
  public UsageSerde() {
    super(1);
  }

  @Override
  protected void write(Usage usage, Encoder to) throws IOException {
    usage.write(to);
  }

  @Override
  protected Usage read(int writtenVersion, Decoder from) throws IOException {
    return Usage.read(from);
  }
}
