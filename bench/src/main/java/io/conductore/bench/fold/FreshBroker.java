package io.conductore.bench.fold;

import io.conductore.bench.run.RunFolder;
import io.conductore.embedded.broker.EmbeddedBroker;
import io.conductore.topology.runtime.TopicsCheck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/**
 * A broker with an empty folder and the product's topics: no measurement sees another one's
 * leftovers.
 */
final class FreshBroker implements AutoCloseable {
  private static final short REPLICATION = 1;

  private final Path folder;
  private final EmbeddedBroker broker;
  private final Admin admin;

  private FreshBroker(Path folder, EmbeddedBroker broker, Admin admin) {
    this.folder = folder;
    this.broker = broker;
    this.admin = admin;
  }

  static FreshBroker start(RunFolder runFolder) throws IOException, InterruptedException {
    Path folder = runFolder.folder("broker");
    EmbeddedBroker broker = EmbeddedBroker.start(folder, EmbeddedBroker.ANY_PORT);
    Admin admin =
        Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()));
    FreshBroker fresh = new FreshBroker(folder, broker, admin);
    TopicsCheck.Outcome topics = new TopicsCheck(admin, REPLICATION).run();
    if (!(topics instanceof TopicsCheck.Outcome.Ready)) {
      fresh.close();
      throw new IllegalStateException("no topics: " + topics);
    }
    return fresh;
  }

  String bootstrap() {
    return broker.bootstrapServers();
  }

  Admin admin() {
    return admin;
  }

  @Override
  public void close() {
    admin.close();
    broker.close();
    try {
      RunFolder.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
