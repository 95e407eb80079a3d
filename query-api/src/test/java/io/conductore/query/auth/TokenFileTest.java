package io.conductore.query.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenFileTest {
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
  private static final String HASH = "ab".repeat(32);

  @TempDir
  private Path folder;

  private TokenFile file;

  @BeforeEach
  void name() {
    file = new TokenFile(folder.resolve("new/tokens.yaml"));
  }

  @Test
  void shouldKeepOnlyTheHashAndLetNobodyElseReadIt() throws Exception {
    // when
    TokenFile.Change.Added added = add("dev-e", Role.AGENT, "dev-e");

    // then
    assertThat(added.secret()).matches("rig_[A-Za-z0-9_-]{43}");
    assertThat(Files.readString(file.path()))
        .doesNotContain(added.secret().substring(4))
        .contains("\"name\":\"dev-e\"", added.token().hash());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path())))
        .isEqualTo("rw-------");
    assertThat(file.exposure()).isEmpty();
    assertThat(tokens().match(added.secret(), NOW)).isInstanceOf(TokenSet.Match.Valid.class);
    assertThat(tokens().match("rig_" + "x".repeat(43), NOW))
        .isInstanceOf(TokenSet.Match.Unknown.class);
  }

  @Test
  void shouldWarnWhenOthersCanReadTheFile() throws Exception {
    // given
    add("ops", Role.OPERATOR, null);

    // when
    Files.setPosixFilePermissions(file.path(), PosixFilePermissions.fromString("rw-r-----"));

    // then
    assertThat(file.exposure()).hasValueSatisfying(text -> assertThat(text).contains("chmod 600"));
  }

  @Test
  void shouldAllowTwoTokensOfAName() {
    // given
    add("dev-e", Role.AGENT, "dev-e");
    add("dev-e", Role.AGENT, "dev-e");

    // when
    TokenFile.Change third =
        file.add(new TokenFile.Wish("dev-e", Role.AGENT, "dev-e", null), new SecureRandom(), NOW);
    TokenFile.Change removed = file.remove("dev-e");

    // then
    assertThat(third).isEqualTo(new TokenFile.Change.Refused("a name has two tokens at most"));
    assertThat(removed)
        .isInstanceOfSatisfying(
            TokenFile.Change.Removed.class, gone -> assertThat(gone.tokens()).hasSize(2));
    assertThat(tokens().tokens()).isEmpty();
  }

  @Test
  void shouldLoseNoTokenWhenManyAreMadeAtOnce() throws Exception {
    // given
    List<Future<?>> makers = new ArrayList<>();

    // when
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (int i = 0; i < 20; i++) {
        String name = "agent-" + i;
        makers.add(threads.submit(() -> add(name, Role.AGENT, name)));
      }
      for (Future<?> maker : makers) {
        maker.get();
      }
    }

    // then
    assertThat(tokens().tokens()).hasSize(20);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "3 | - {name: a, role: king, hash: \"HASH\"} | role must be",
        "3 | - {name: a, role: agent, hash: \"HASH\"} | needs an agentId",
        "3 | - {name: a, role: viewer, agentId: b, hash: \"HASH\"} | needs an agentId",
        "3 | - {name: a, role: viewer, hash: \"12\"} | 64 hexadecimal digits",
        "3 | - {name: a, role: viewer, secret: x, hash: \"HASH\"} | has only name",
        "3 | - {name: a b, role: viewer, hash: \"HASH\"} | name must be",
        "3 | - {name: a, role: viewer, hash: \"HASH\", expires: soon} | a time such as",
        "3 | - nobody | has only name",
        "3 | - {name: a | not YAML",
        "3 | - {name: a, name: b, role: viewer, hash: \"HASH\"} | not YAML"
      })
  void shouldNameTheLineWhenAnEntryIsWrong(int line, String entry, String why) throws Exception {
    // given
    Files.createDirectories(folder.resolve("new"));
    String text = "salt: \"%s\"\ntokens:\n%s\n".formatted(HASH, entry.replace("HASH", HASH));
    Files.writeString(file.path(), text);

    // when
    TokenFile.Outcome outcome = file.read();

    // then
    assertThat(outcome)
        .isInstanceOfSatisfying(
            TokenFile.Outcome.Wrong.class,
            wrong -> assertThat(wrong.sentence())
                .contains("tokens.yaml: line ", why)
                .satisfies(text2 -> assertThat(
                        text2.contains("line " + line) || text2.contains("line " + (line + 1)))
                    .isTrue())
                .doesNotContain(HASH));
  }

  @Test
  void shouldKeepTheLimitsWhenATokenIsAdded() throws Exception {
    // given
    add("dev-e", Role.AGENT, "dev-e");
    String text = Files.readString(file.path());
    Files.writeString(
        file.path(), text.replace("tokens:", "limits: {agent: {perSecond: 5, burst: 7}}\ntokens:"));

    // when
    add("ops", Role.OPERATOR, null);

    // then
    assertThat(tokens().rates().of(Role.AGENT)).isEqualTo(new Rate(5, 7));
    assertThat(tokens().rates().of(Role.VIEWER)).isEqualTo(Rates.DEFAULT.of(Role.VIEWER));
  }

  private TokenFile.Change.Added add(String name, Role role, @Nullable String agentId) {
    TokenFile.Change change =
        file.add(new TokenFile.Wish(name, role, agentId, null), new SecureRandom(), NOW);
    assertThat(change).isInstanceOf(TokenFile.Change.Added.class);
    return (TokenFile.Change.Added) change;
  }

  private TokenSet tokens() {
    return ((TokenFile.Outcome.Read) file.read()).tokens();
  }
}
