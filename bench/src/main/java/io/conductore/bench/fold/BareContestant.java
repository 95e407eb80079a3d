package io.conductore.bench.fold;

import io.conductore.bench.fold.FoldTimer.Lap;
import io.conductore.bench.peer.LogLoader;
import io.conductore.bench.run.Rounds.Contestant;
import io.conductore.bench.run.RunFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The bare fold over a loaded log. */
final class BareContestant implements Contestant {
  static final String NAME = "bare Processor-API fold";
  private final FoldLab lab;
  private final List<Lap> laps = new ArrayList<>();

  BareContestant(FoldLab lab) {
    this.lab = lab;
  }

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
      Lap lap = new FoldTimer(broker.admin()).catchUp(bare, lab.log().count());
      laps.add(lap);
      return lap.perSecond();
    } finally {
      RunFolder.delete(state);
    }
  }

  List<Lap> laps() {
    return List.copyOf(laps);
  }
}
