package org.marketanalytics.camel.polygon;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** Keeps what is logged by the component, and by everybody else when asked to. */
final class LogCapture extends AppenderBase<ILoggingEvent> {

  private final List<String> lines = new CopyOnWriteArrayList<>();
  private Logger logger = logger("org.marketanalytics");

  private static Logger logger(String name) {
    return (Logger) LoggerFactory.getLogger(name);
  }

  @Override
  public void start() {
    super.start();
    logger.addAppender(this);
    logger.setLevel(Level.DEBUG);
  }

  /** From now on keeps everything that anybody logs. */
  void listenToAll(Level level) {
    logger.detachAppender(this);
    logger = logger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    logger.addAppender(this);
    logger.setLevel(level);
    logger("org.apache.camel").setLevel(level);
  }

  @Override
  public void stop() {
    super.stop();
    logger.detachAppender(this);
    logger(org.slf4j.Logger.ROOT_LOGGER_NAME).setLevel(Level.WARN);
    logger("org.apache.camel").setLevel(Level.WARN);
  }

  @Override
  protected void append(ILoggingEvent event) {
    String trace =
        event.getThrowableProxy() == null
            ? ""
            : " " + ThrowableProxyUtil.asString(event.getThrowableProxy());
    lines.add(event.getLevel() + " " + event.getFormattedMessage() + trace);
  }

  List<String> lines() {
    return lines;
  }
}
