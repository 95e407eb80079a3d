package io.conductore.bench.fold;

import io.conductore.bench.fold.FoldTimer.Lap;
import io.conductore.bench.peer.LogLoader;
import io.conductore.bench.run.Rounds.Contestant;
import io.conductore.bench.run.RunFolder;
import io.conductore.topology.runtime.StreamsSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The product over a loaded log; afterwards it loses its state and has to rebuild it. */
final class CatchUpContestant implements Contestant {
  static final String NAME = "product, catch-up";
  private final FoldLab lab;
  private final List<Lap> laps = new ArrayList<>();
  private final List<Double> rebuildSeconds = new ArrayList<>();
  private @Nullable ChangelogCensus census;

  CatchUpContestant(FoldLab lab) {
    this.lab = lab;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public double measure(int round) throws Exception {
    Path state = lab.folder().folder("product-state");
    try (FreshBroker broker = FreshBroker.start(lab.folder())) {
      new LogLoader(broker.bootstrap()).load(lab.log());
      FoldTimer timer = new FoldTimer(broker.admin());
      try (ProductApplication product = application(broker, state)) {
        laps.add(timer.catchUp(product, lab.log().count()));
      }
      RunFolder.delete(state);
      count(broker);
      try (ProductApplication product = application(broker, state)) {
        rebuildSeconds.add(timer.ready(product));
      }
      return laps.getLast().perSecond();
    } finally {
      RunFolder.delete(state);
    }
  }

  List<Lap> laps() {
    return List.copyOf(laps);
  }

  int events() {
    return lab.log().count();
  }

  /** State deleted, process state gone, changelogs whole: how long until all is back, by round. */
  List<Double> rebuildSeconds() {
    return List.copyOf(rebuildSeconds);
  }

  /** The store writes of one round; the log is the same in every round. */
  Optional<ChangelogCensus> census() {
    return Optional.ofNullable(census);
  }

  private void count(FreshBroker broker) throws Exception {
    if (census == null) {
      census = ChangelogCensus.take(broker, StreamsSettings.APPLICATION_ID);
    }
  }

  private ProductApplication application(FreshBroker broker, Path state) {
    return new ProductApplication(broker.bootstrap(), state, lab.codecs(), lab.clock());
  }
}
