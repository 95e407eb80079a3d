package io.conductore.topology.admission;

import io.conductore.topology.budget.BudgetLimits;
import io.conductore.topology.handoff.Handoff;
import io.conductore.topology.state.StateSerde;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;

/** One row, rarely written: as the JSON that it came as. */
public final class LimitsSerde extends StateSerde<BudgetLimits> {
  public LimitsSerde() {
    super(1);
  }

  @Override
  protected void write(BudgetLimits limits, Encoder to) throws IOException {
    to.writeString(new String(Handoff.bytes(limits), StandardCharsets.UTF_8));
  }

  @Override
  protected BudgetLimits read(int writtenVersion, Decoder from) throws IOException {
    return Handoff.read(from.readString().getBytes(StandardCharsets.UTF_8), BudgetLimits.class);
  }
}
