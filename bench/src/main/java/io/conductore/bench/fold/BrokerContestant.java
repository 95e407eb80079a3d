package io.conductore.bench.fold;

import io.conductore.bench.peer.LogLoader;
import io.conductore.bench.run.Rounds.Contestant;

/** The broker alone takes the bytes that the others fold. */
record BrokerContestant(FoldLab lab) implements Contestant {
  static final String NAME = "broker alone, produced";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public double measure(int round) throws Exception {
    try (FreshBroker broker = FreshBroker.start(lab.folder())) {
      return new LogLoader(broker.bootstrap()).load(lab.log());
    }
  }
}
