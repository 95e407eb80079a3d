package io.conductore.schemas.registry;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A folder of {@code <id>.avsc} files, one per schema ever met, so that what was learnt once
 * survives an outage of the registry and a restart of ours. A file appears whole or not at all. A
 * file that cannot be read counts as absent and is written again when the registry is next asked.
 * Several processes may share the folder.
 */
public final class SchemaFiles {
  /** How many are read at the start; a further one is still found by its id. */
  static final int FILES_MAX = 2_000;

  static final int FILE_BYTES_MAX = RegistryHttp.ANSWER_BYTES_MAX;
  private static final Pattern NAME = Pattern.compile("([1-9][0-9]{0,9})\\.avsc");
  private static final String TEMPORARY = ".tmp";

  private final @Nullable Path folder;
  private final Map<Integer, Schema> atStart;

  private SchemaFiles(@Nullable Path folder, Map<Integer, Schema> atStart) {
    this.folder = folder;
    this.atStart = atStart;
  }

  /** Remembers nothing; for tools that live for one command. */
  public static SchemaFiles none() {
    return new SchemaFiles(null, Map.of());
  }

  /** Creates the folder if need be and reads it; fails here where it could not be used later. */
  public static SchemaFiles in(Path folder) throws IOException {
    Files.createDirectories(folder);
    if (!Files.isWritable(folder)) {
      throw new IOException("schema folder is not writable: " + folder);
    }
    return new SchemaFiles(folder, readAll(folder));
  }

  /** What the folder held when it was opened, lowest id first. */
  Map<Integer, Schema> atStart() {
    return atStart;
  }

  private static Map<Integer, Schema> readAll(Path folder) throws IOException {
    Map<Integer, Schema> found = new TreeMap<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.avsc")) {
      for (Path file : files) {
        Matcher name = NAME.matcher(file.getFileName().toString());
        long id = name.matches() ? Long.parseLong(name.group(1)) : 0;
        if (id > 0 && id <= Integer.MAX_VALUE && found.size() < FILES_MAX) {
          read(file).ifPresent(schema -> found.put((int) id, schema));
        }
      }
    }
    return Collections.unmodifiableMap(found);
  }

  /** Empty if there is no such file, or none that can be read as a schema. */
  Optional<Schema> read(int id) {
    return folder == null ? Optional.empty() : read(file(folder, id));
  }

  private static Optional<Schema> read(Path file) {
    try {
      if (!Files.isRegularFile(file) || Files.size(file) > FILE_BYTES_MAX) {
        return Optional.empty();
      }
      SchemaText.Parsed parsed =
          SchemaText.parse(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
      return parsed instanceof SchemaText.Parsed.Good good
          ? Optional.of(good.schema())
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * Writes beside, forces to disk, then moves: a crash leaves the old file, the new one, or none.
   */
  void write(int id, Schema schema) throws IOException {
    if (folder == null) {
      return;
    }
    Path beside = Files.createTempFile(folder, id + "-", TEMPORARY);
    try {
      ByteBuffer text = StandardCharsets.UTF_8.encode(SchemaText.registered(schema));
      try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.WRITE)) {
        while (text.hasRemaining()) {
          channel.write(text);
        }
        channel.force(true);
      }
      move(beside, file(folder, id));
    } finally {
      Files.deleteIfExists(beside);
    }
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      // Same folder, so this is a file system without atomic rename. A torn file counts as absent
      // anyway.
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static Path file(Path folder, int id) {
    return folder.resolve(id + ".avsc");
  }
}
