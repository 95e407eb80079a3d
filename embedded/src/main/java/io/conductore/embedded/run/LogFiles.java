package io.conductore.embedded.run;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.FileSize;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the log of this process to a file as well. Not in logback.xml, because the file is in the
 * data folder, and only the process that holds the folder may write there.
 */
final class LogFiles implements AutoCloseable {
  static final FileSize FILE_SIZE_MAX = new FileSize(10 * FileSize.MB_COEFFICIENT);
  static final int FILES_MAX = 5;
  private static final String PATTERN =
      "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{0} %msg %kvp{SINGLE}%n%ex";

  private final LoggerContext context;
  private final RollingFileAppender<ILoggingEvent> appender;

  private LogFiles(LoggerContext context, RollingFileAppender<ILoggingEvent> appender) {
    this.context = context;
    this.appender = appender;
  }

  /** Writes to this file, with older ones beside it as file.1 and so on, until it is closed. */
  static LogFiles open(Path file) {
    var context = (LoggerContext) LoggerFactory.getILoggerFactory();
    var appender = new RollingFileAppender<ILoggingEvent>();
    appender.setContext(context);
    appender.setFile(file.toString());

    var encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern(PATTERN);
    encoder.start();
    appender.setEncoder(encoder);

    var window = new FixedWindowRollingPolicy();
    window.setContext(context);
    window.setParent(appender);
    window.setFileNamePattern(file + ".%i");
    window.setMinIndex(1);
    window.setMaxIndex(FILES_MAX - 1);
    window.start();
    appender.setRollingPolicy(window);

    var trigger = new SizeBasedTriggeringPolicy<ILoggingEvent>();
    trigger.setContext(context);
    trigger.setMaxFileSize(FILE_SIZE_MAX);
    trigger.start();
    appender.setTriggeringPolicy(trigger);

    appender.start();
    context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(appender);
    return new LogFiles(context, appender);
  }

  @Override
  public void close() {
    context.getLogger(Logger.ROOT_LOGGER_NAME).detachAppender(appender);
    appender.stop();
  }
}
