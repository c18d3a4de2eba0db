package org.marketanalytics.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import org.junit.jupiter.api.Test;

class LogTest {

  @Test
  void aLineBreakInAMessageBeginsNoLine() throws Exception {
    String text = written("symbol={}", null, "A\r\n2026-11-22T19:00:00.000Z INFO forged");

    assertThat(text)
        .contains("symbol=A 2026-11-22T19:00:00.000Z INFO forged")
        .hasLineCount(1)
        .endsWith("\n");
  }

  @Test
  void aStackTraceKeepsItsLines() throws Exception {
    String text = written("symbol={}", new IllegalStateException("why"), "A");

    assertThat(text.lines())
        .hasSizeGreaterThan(2)
        .element(1)
        .isEqualTo("java.lang.IllegalStateException: why");
  }

  private static String written(String message, Throwable cause, Object... arguments)
      throws Exception {
    LoggerContext context = new LoggerContext();
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(LogTest.class.getResource("/logback.xml"));
    Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    ConsoleAppender<ILoggingEvent> console =
        (ConsoleAppender<ILoggingEvent>) root.getAppender("console");
    LoggingEvent event =
        new LoggingEvent(LogTest.class.getName(), root, Level.WARN, message, cause, arguments);
    return new String(console.getEncoder().encode(event), UTF_8);
  }
}
