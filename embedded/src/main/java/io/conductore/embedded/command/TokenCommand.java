package io.conductore.embedded.command;

import io.conductore.embedded.data.Layout;
import io.conductore.embedded.run.ExitCode;
import io.conductore.query.auth.Role;
import io.conductore.query.auth.Token;
import io.conductore.query.auth.TokenFile;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** Makes, lists and revokes the tokens of tokens.yaml; a running rig sees it within a second. */
@Command(
    name = "token",
    description = "Tokens for the API: make one, list them, revoke one.",
    mixinStandardHelpOptions = true)
public final class TokenCommand {
  private static final int DAYS_MAX = 3_650;

  private final InstantSource clock = InstantSource.system();

  @Spec
  private @Nullable CommandSpec spec;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      defaultValue = ".rig",
      description = "the data folder with tokens.yaml (default: ${DEFAULT-VALUE})")
  private Path data = Path.of(".rig");

  @Option(
      names = "--tokens",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description = "another file than the data folder's")
  private @Nullable Path tokens;

  @Command(
      name = "new",
      description = "Makes a token, prints it once, and keeps its hash.",
      mixinStandardHelpOptions = true)
  int make(
      @Option(
              names = "--role",
              paramLabel = "ROLE",
              required = true,
              description = "viewer reads, agent speaks as one agent, operator does everything")
          String role,
      @Option(names = "--agent", paramLabel = "ID", description = "whom an agent's token is for")
          @Nullable
          String agent,
      @Option(
              names = "--name",
              paramLabel = "NAME",
              description = "who holds it (default: the agent or the role); two tokens at most")
          @Nullable
          String name,
      @Option(names = "--days", paramLabel = "N", description = "how long it is good for") @Nullable
          Integer days) {
    var known = Role.ofWord(role)
        .orElseThrow(() -> wrong("--role must be viewer, agent or operator, not " + role));
    if (days != null && (days < 1 || days > DAYS_MAX)) {
      throw wrong("--days must be a number from 1 to " + DAYS_MAX);
    }
    if ((known == Role.AGENT) != (agent != null)) {
      throw wrong("--role agent needs --agent ID, and the other roles have none");
    }
    var now = clock.instant();
    var holder = name != null ? name : agent != null ? agent : known.word();
    var expires = days == null ? null : now.plus(Duration.ofDays(days));
    var wish = new TokenFile.Wish(holder, known, agent, expires);
    return answer(file().add(wish, new SecureRandom(), now));
  }

  @Command(
      name = "list",
      description = "One line a token: name, role, agent, since when, until when.",
      mixinStandardHelpOptions = true)
  int list() {
    var say = Say.of(spec);
    if (!file().exists()) {
      say.line("no tokens in " + file().path());
      return ExitCode.OK;
    }
    return switch (file().read()) {
      case TokenFile.Outcome.Wrong(String sentence) -> {
        say.error(sentence);
        yield ExitCode.NOT_AS_IT_IS;
      }
      case TokenFile.Outcome.Read read -> {
        read.tokens().tokens().forEach(token -> say.line(line(token)));
        say.line(read.tokens().tokens().size() + " tokens");
        yield ExitCode.OK;
      }
    };
  }

  @Command(
      name = "revoke",
      description = "Forgets every token of a name.",
      mixinStandardHelpOptions = true)
  int revoke(@Parameters(paramLabel = "NAME") String name) {
    return answer(file().remove(name));
  }

  /** The secret alone on standard output, so that a script can keep it. */
  private int answer(TokenFile.Change change) {
    var say = Say.of(spec);
    return switch (change) {
      case TokenFile.Change.Added(Token token, String secret) -> {
        say.line(secret);
        say.note("token " + token.name() + " is for the role " + token.role().word()
            + "; it is shown this once, and " + file().path() + " keeps its hash");
        yield ExitCode.OK;
      }
      case TokenFile.Change.Removed removed -> {
        var names =
            removed.tokens().stream().map(Token::name).distinct().collect(Collectors.joining());
        say.line("revoked " + removed.tokens().size() + " of " + names);
        yield ExitCode.OK;
      }
      case TokenFile.Change.Refused(String sentence) -> {
        say.error(sentence);
        yield ExitCode.NOT_AS_IT_IS;
      }
    };
  }

  private TokenFile file() {
    return new TokenFile(tokens == null ? new Layout(data).tokens() : tokens);
  }

  private static String line(Token token) {
    return String.join(
        "  ",
        token.name(),
        token.role().word(),
        token.agentId() == null ? "-" : token.agentId(),
        token.created().toString(),
        token.expires() == null ? "for ever" : token.expires().toString());
  }

  private ParameterException wrong(String message) {
    return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
  }
}
