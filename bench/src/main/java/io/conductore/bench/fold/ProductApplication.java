package io.conductore.bench.fold;

import io.conductore.topology.TopologyConfig;
import io.conductore.topology.head.EventCodecs;
import io.conductore.topology.head.HeadConfig;
import io.conductore.topology.head.Progress;
import io.conductore.topology.price.PriceTable;
import io.conductore.topology.runtime.StreamsPhase;
import io.conductore.topology.runtime.StreamsRuntime;
import io.conductore.topology.runtime.StreamsSettings;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The product's Streams application as `./rig up` runs it. */
final class ProductApplication implements FoldApplication {
  private final StreamsSettings settings;
  private final TopologyConfig config;
  private final InstantSource clock;
  private @Nullable StreamsRuntime runtime;

  ProductApplication(String bootstrap, Path stateFolder, EventCodecs codecs, InstantSource clock) {
    this.settings = StreamsSettings.single(bootstrap, stateFolder);
    this.config = new TopologyConfig(codecs, PriceTable.bundled(), HeadConfig.of(new Progress()));
    this.clock = clock;
  }

  @Override
  public String group() {
    return settings.applicationId();
  }

  @Override
  public void start() {
    runtime = StreamsRuntime.start(settings, config, clock);
  }

  @Override
  public boolean running() {
    return runtime != null && runtime.phase() instanceof StreamsPhase.Running;
  }

  @Override
  public Optional<Throwable> failure() {
    return runtime != null && runtime.phase() instanceof StreamsPhase.Failed failed
        ? Optional.of(new IllegalStateException(failed.why()))
        : Optional.empty();
  }

  @Override
  public void close() {
    if (runtime != null) {
      runtime.close();
    }
  }
}
