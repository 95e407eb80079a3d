package io.conductore.bench.fold;

import io.conductore.bench.peer.LogLoader;
import io.conductore.bench.run.Rounds.Contestant;
import io.conductore.bench.run.RunFolder;
import java.nio.file.Path;

/** The bare fold over a loaded log. */
record BareContestant(FoldLab lab) implements Contestant {
  static final String NAME = "bare Processor-API fold";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public double measure(int round) throws Exception {
    Path state = lab.folder().folder("bare-state");
    try (FreshBroker broker = FreshBroker.start(lab.folder());
        BareApplication bare = new BareApplication(broker.bootstrap(), state)) {
      new LogLoader(broker.bootstrap()).load(lab.log());
      return lab.log().count() / new FoldTimer(broker.admin()).catchUp(bare);
    } finally {
      RunFolder.delete(state);
    }
  }
}
