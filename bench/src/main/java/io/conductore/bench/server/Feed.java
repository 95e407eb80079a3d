package io.conductore.bench.server;

import io.conductore.bench.http.HttpRequests;
import io.conductore.bench.http.KeepAlive;
import io.conductore.bench.mix.EventMix;
import io.conductore.bench.mix.PostedJson;
import io.conductore.bench.peer.GroupProgress;
import io.conductore.schemas.Log;
import io.conductore.topology.runtime.StreamsSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** Fills the product with events through its own door, in the largest batches it takes. */
final class Feed {
  private static final int BATCH_EVENTS = 1_000;
  private static final int STATUS_OK = 200;
  private static final Duration FOLD_MAX = Duration.ofMinutes(5);

  private Feed() {}

  /** Returns when all events are folded; events per second from the first request until then. */
  static double run(Servers.Up up, EventMix mix, int events) throws Exception {
    long startNanos = System.nanoTime();
    try (KeepAlive connection = new KeepAlive(up.process().port())) {
      for (int sent = 0; sent < events; sent += BATCH_EVENTS) {
        int status = connection.exchange(batch(mix, Math.min(BATCH_EVENTS, events - sent)));
        if (status != STATUS_OK) {
          throw new IOException("the door refused a batch: " + connection.refusal());
        }
      }
    }
    awaitFolded(up);
    return events / ((System.nanoTime() - startNanos) / 1e9);
  }

  /** Returns when the product has committed everything on its activity log. */
  static void awaitFolded(Servers.Up up) throws Exception {
    awaitFolded(up, Log.ACTIVITY.topic());
  }

  static void awaitFolded(Servers.Up up, String topic) throws Exception {
    Map<String, Object> config = Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, up.bootstrap());
    try (Admin admin = Admin.create(config)) {
      GroupProgress progress = new GroupProgress(admin, StreamsSettings.APPLICATION_ID, topic);
      progress.awaitEnd(progress.end(), FOLD_MAX, Optional::empty);
    }
  }

  private static byte[] batch(EventMix mix, int events) {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < events; i++) {
      lines.append(PostedJson.of(mix.next())).append('\n');
    }
    byte[] body = lines.toString().getBytes(StandardCharsets.UTF_8);
    return HttpRequests.post("/api/events", "application/x-ndjson", body);
  }
}
