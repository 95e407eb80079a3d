package io.conductore.bench.server;

import io.conductore.bench.http.ClosedLoop;
import io.conductore.bench.http.Exchange;
import io.conductore.bench.http.KeepAlive;
import io.conductore.bench.http.LoadOutcome;
import io.conductore.bench.http.OpenLoop;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** One question asked of one server, in one kind of loop. */
record HttpLoad(
    String server, int port, String question, Function<List<KeepAlive>, List<Exchange>> exchanges) {
  static final int CLOSED_CONNECTIONS = 32;
  static final int OPEN_CONNECTIONS = 64;
  static final int OPEN_PER_SECOND = 1_000;

  /** The kinds of loop. */
  enum Loop {
    CLOSED("closed, " + CLOSED_CONNECTIONS + " connections", CLOSED_CONNECTIONS),
    OPEN("open, " + OPEN_PER_SECOND + " a second", OPEN_CONNECTIONS);

    private final String words;
    private final int connections;

    Loop(String words, int connections) {
      this.words = words;
      this.connections = connections;
    }

    String words() {
      return words;
    }
  }

  LoadOutcome run(Loop loop, Duration length) throws IOException, InterruptedException {
    List<KeepAlive> connections = new ArrayList<>();
    try {
      for (int i = 0; i < loop.connections; i++) {
        connections.add(new KeepAlive(port));
      }
      List<Exchange> workers = exchanges.apply(connections);
      return switch (loop) {
        case CLOSED -> new ClosedLoop(length).run(workers);
        case OPEN -> new OpenLoop(OPEN_PER_SECOND, length).run(workers);
      };
    } finally {
      for (KeepAlive connection : connections) {
        connection.close();
      }
    }
  }
}
