package io.conductore.bench.peer;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * PostgreSQL from binaries that came with the build; the library takes care of running it without
 * root.
 */
final class PackagedPostgres implements PostgresServer {
  private final EmbeddedPostgres server;

  private PackagedPostgres(EmbeddedPostgres server) {
    this.server = server;
  }

  static PackagedPostgres start(Path folder) throws IOException {
    EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
        .setOverrideWorkingDirectory(folder.resolve("binaries").toFile())
        .setDataDirectory(folder.resolve("data"));
    PostgresSettings.SERVER.forEach(builder::setServerConfig);
    return new PackagedPostgres(builder.start());
  }

  @Override
  public String jdbcUrl() {
    return server.getJdbcUrl(PostgresSettings.USER, "postgres");
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
