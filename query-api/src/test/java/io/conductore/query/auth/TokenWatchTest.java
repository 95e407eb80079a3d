package io.conductore.query.auth;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.conductore.query.SetClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class TokenWatchTest {
  private static final Logger LOGGER = (Logger) LoggerFactory.getLogger(TokenWatch.class);

  @TempDir
  private Path folder;

  private final SetClock clock = new SetClock();
  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
  private TokenFile file;
  private TokenWatch watch;

  @BeforeEach
  void open() {
    logged.start();
    LOGGER.addAppender(logged);
    file = new TokenFile(folder.resolve("tokens.yaml"));
    file.add(
        new TokenFile.Wish("ops", Role.OPERATOR, null, null), new SecureRandom(), clock.instant());
    watch = ((TokenWatch.Start.Watching) TokenWatch.open(file.path(), clock)).watch();
  }

  @AfterEach
  void stopListening() {
    LOGGER.detachAppender(logged);
  }

  @Test
  void shouldSayOnceWhichLineIsWrongAndKeepTheOldTokens() throws Exception {
    // given
    String good = Files.readString(file.path());
    Files.writeString(file.path(), good + "- {name: x}\n");

    // when
    look();
    look();
    int whileWrong = watch.current().tokens().size();
    Files.writeString(file.path(), good);
    look();

    // then
    assertThat(whileWrong).isEqualTo(1);
    assertThat(watch.current().tokens()).hasSize(1);
    assertThat(logged.list).filteredOn(event -> event.getLevel() == Level.ERROR).hasSize(1);
    assertThat(logged.list.getFirst().getKeyValuePairs().toString())
        .containsPattern("tokens\\.yaml: line \\d+: role must be")
        .doesNotContain(watch.current().tokens().getFirst().hash());
  }

  @Test
  void shouldWarnWhenOthersMayReadTheFile() throws Exception {
    // given
    Files.setPosixFilePermissions(file.path(), PosixFilePermissions.fromString("rw-r--r--"));

    // when
    TokenWatch.Start start = TokenWatch.open(file.path(), clock);

    // then
    assertThat(start).isInstanceOf(TokenWatch.Start.Watching.class);
    assertThat(logged.list)
        .singleElement()
        .satisfies(event -> assertThat(event.getLevel()).isEqualTo(Level.WARN));
  }

  private void look() {
    clock.goOn(TokenWatch.LOOK_EVERY);
    watch.current();
  }
}
