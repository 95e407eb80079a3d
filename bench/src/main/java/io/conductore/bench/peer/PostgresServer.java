package io.conductore.bench.peer;

import java.io.IOException;
import java.nio.file.Path;

/** A real PostgreSQL server on loopback with its data under the run's folder. */
public interface PostgresServer extends AutoCloseable {

  String jdbcUrl();

  @Override
  void close();

  /**
   * The machine's own PostgreSQL where there is one, else the binaries from the build's repository.
   */
  static PostgresServer start(Path folder) throws IOException, InterruptedException {
    var installed = InstalledPostgres.binaries();
    return installed.isPresent()
        ? InstalledPostgres.start(installed.get(), folder)
        : PackagedPostgres.start(folder);
  }
}
