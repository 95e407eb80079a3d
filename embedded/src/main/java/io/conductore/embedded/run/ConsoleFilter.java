package io.conductore.embedded.run;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;

/** Lets through what a person at a terminal can act on: our warnings, everybody's errors. */
public final class ConsoleFilter extends Filter<ILoggingEvent> {
  private static final String OURS = "io.conductore.";

  @Override
  public FilterReply decide(ILoggingEvent event) {
    var least = event.getLoggerName().startsWith(OURS) ? Level.WARN : Level.ERROR;
    return event.getLevel().isGreaterOrEqual(least) ? FilterReply.NEUTRAL : FilterReply.DENY;
  }
}
