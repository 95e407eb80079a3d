package io.conductore.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

/** What a person at the terminal reads of the log. */
class ConsoleLogTest {
  private final LoggerContext context = new LoggerContext();

  @Test
  void shouldReadAsSentenceAndKeyValues() throws Exception {
    // given
    var event = event(null);

    // when
    var line = line(event);

    // then
    assertThat(line)
        .isEqualTo("WARN  RegistryWatch: registry ended status='1' error='no space left'"
            + System.lineSeparator());
  }

  @Test
  void shouldSayWhatAnExceptionSaysOnTheSameLine() throws Exception {
    // given
    var event = event(new IllegalStateException("closed", new IllegalArgumentException("inner")));

    // when
    var line = line(event);

    // then
    assertThat(line.lines())
        .hasSize(2)
        .first()
        .asString()
        .endsWith("error='no space left' java.lang.IllegalStateException: closed");
    assertThat(line).doesNotContain("\tat ");
  }

  private LoggingEvent event(Throwable error) {
    var logger = context.getLogger("io.conductore.embedded.run.RegistryWatch");
    var event = new LoggingEvent(
        getClass().getName(), logger, Level.WARN, "registry ended", error, new Object[0]);
    event.setKeyValuePairs(
        List.of(new KeyValuePair("status", 1), new KeyValuePair("error", "no space left")));
    return event;
  }

  private String line(LoggingEvent event) throws Exception {
    var configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(getClass().getResource("/logback.xml"));
    var console =
        (OutputStreamAppender<ILoggingEvent>) context.getLogger("ROOT").getAppender("CONSOLE");
    return new String(console.getEncoder().encode(event), StandardCharsets.UTF_8);
  }
}
