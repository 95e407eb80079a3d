package io.conductore.query.auth;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** tokens.yaml on disk: read whole, and changed by one command at a time. */
public final class TokenFile {
  private static final int FILE_BYTES_MAX = 4 * 1024 * 1024;
  private static final Set<PosixFilePermission> OWNER_ONLY =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
  private static final String POSIX = "posix";

  private final Path file;

  public TokenFile(Path file) {
    this.file = file;
  }

  public sealed interface Outcome {
    record Read(TokenSet tokens) implements Outcome {}

    /** The sentence names the file and, where there is one, the line. */
    record Wrong(String sentence) implements Outcome {}
  }

  public sealed interface Change {
    /** @param secret shown once and kept nowhere */
    record Added(Token token, String secret) implements Change {}

    record Removed(List<Token> tokens) implements Change {}

    record Refused(String sentence) implements Change {}
  }

  /** Whom a new token is for; the name may be there once already. */
  public record Wish(
      String name,
      Role role,
      @Nullable String agentId,
      @Nullable Instant expires) {}

  public Path path() {
    return file;
  }

  public boolean exists() {
    return Files.exists(file);
  }

  public Outcome read() {
    try {
      if (Files.size(file) > FILE_BYTES_MAX) {
        return new Outcome.Wrong(file + ": has more than " + FILE_BYTES_MAX + " bytes");
      }
      return new Outcome.Read(TokenYaml.parse(Files.readString(file)));
    } catch (TokenYaml.WrongLine wrong) {
      return new Outcome.Wrong(file + ": " + wrong.getMessage());
    } catch (IOException unreadable) {
      return new Outcome.Wrong(file + ": cannot be read: " + unreadable);
    }
  }

  /** The file is made when it is not there. */
  public Change add(Wish wish, SecureRandom random, Instant now) {
    Optional<String> wrong = TokenEntry.objection(wish.name(), wish.role(), wish.agentId());
    if (wrong.isPresent()) {
      return new Change.Refused(wrong.get());
    }
    return alone(() -> {
      Outcome before = exists()
          ? read()
          : new Outcome.Read(new TokenSet(TokenSecret.nextSalt(random), Rates.DEFAULT, List.of()));
      return switch (before) {
        case Outcome.Wrong(String sentence) -> new Change.Refused(sentence);
        case Outcome.Read(TokenSet known) -> {
          String secret = TokenSecret.next(random);
          String hash = TokenSecret.hash(known.salt(), secret);
          Token token =
              new Token(wish.name(), wish.role(), wish.agentId(), hash, now, wish.expires());
          yield written(with(known, token), new Change.Added(token, secret));
        }
      };
    });
  }

  /** All tokens of a name. */
  public Change remove(String name) {
    return alone(() -> switch (read()) {
      case Outcome.Wrong(String sentence) -> new Change.Refused(sentence);
      case Outcome.Read(TokenSet known) -> {
        List<Token> gone =
            known.tokens().stream().filter(token -> token.name().equals(name)).toList();
        List<Token> kept = new ArrayList<>(known.tokens());
        kept.removeAll(gone);
        yield gone.isEmpty()
            ? new Change.Refused("no token is called " + name)
            : written(new TokenSet(known.salt(), known.rates(), kept), new Change.Removed(gone));
      }
    });
  }

  /** A sentence when others than the owner can read the hashes. */
  public Optional<String> exposure() {
    try {
      Set<PosixFilePermission> given = EnumSet.copyOf(Files.getPosixFilePermissions(file));
      given.removeAll(OWNER_ONLY);
      return given.isEmpty()
          ? Optional.empty()
          : Optional.of(file + " can be used by others than its owner; chmod 600 mends it");
    } catch (IOException | UnsupportedOperationException unknown) {
      return Optional.empty();
    }
  }

  private static TokenSet with(TokenSet known, Token token) {
    List<Token> all = new ArrayList<>(known.tokens());
    all.add(token);
    return new TokenSet(known.salt(), known.rates(), all);
  }

  /** What would not be read again is not written. */
  private Change written(TokenSet tokens, Change done) throws IOException {
    String text = TokenYaml.render(tokens);
    try {
      TokenYaml.parse(text);
    } catch (TokenYaml.WrongLine refused) {
      return new Change.Refused(
          String.valueOf(refused.getMessage()).replaceFirst("^line \\d+: ", ""));
    }
    Path beside = file.resolveSibling(file.getFileName() + ".tmp");
    Files.deleteIfExists(beside);
    if (file.getFileSystem().supportedFileAttributeViews().contains(POSIX)) {
      Files.createFile(beside, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    }
    Files.writeString(beside, text, StandardCharsets.UTF_8);
    Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
    return done;
  }

  @FunctionalInterface
  private interface Work {
    Change run() throws IOException;
  }

  /**
   * Two commands at a time would lose a token. The lock is a file of its own beside it, and holds
   * between processes only.
   */
  private Change alone(Work work) {
    Path lock = file.resolveSibling(file.getFileName() + ".lock");
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      synchronized (TokenFile.class) {
        try (FileChannel channel =
                FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock _ = channel.lock()) {
          return work.run();
        }
      }
    } catch (IOException | UncheckedIOException failed) {
      return new Change.Refused(file + ": cannot be written: " + failed);
    }
  }
}
