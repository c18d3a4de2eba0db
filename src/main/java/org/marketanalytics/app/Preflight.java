package org.marketanalytics.app;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.main.MainSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks and prepares what the routes stand on, before the first of them is read. */
final class Preflight extends MainListenerSupport {
  private static final Logger LOG = LoggerFactory.getLogger(Preflight.class);

  private volatile CannotStart refusal;

  @Override
  public void beforeConfigure(BaseMainSupport main) {
    CamelContext context = main.getCamelContext();
    Settings settings = Settings.of(context);
    checkRoutes(context);
    checkPort(context);
    new Topics(settings).create();
    new Schema(settings).migrate();
  }

  @Override
  public void afterStart(BaseMainSupport main) {
    LOG.info("application ready");
    FirstLogin.watch(
        main.getCamelContext(),
        why -> {
          refusal = why;
          ((MainSupport) main).completed();
        });
  }

  /** Why the application ended soon after its start; empty when nothing was refused. */
  Optional<CannotStart> refusal() {
    return Optional.ofNullable(refusal);
  }

  private static void checkRoutes(CamelContext context) {
    String key = "camel.main.routes-include-pattern";
    String value = context.resolvePropertyPlaceholders("{{" + key + "}}");
    for (String pattern : value.split(",", -1)) {
      Path folder = Path.of(pattern.strip().replaceFirst("^file:(//)?", "")).getParent();
      if (pattern.strip().startsWith("file:") && folder != null && !Files.isDirectory(folder)) {
        throw CannotStart.badConfiguration(
            key, value, "there is no folder %s here".formatted(folder.toAbsolutePath()));
      }
    }
  }

  private static void checkPort(CamelContext context) {
    String host = context.resolvePropertyPlaceholders("{{camel.server.host}}");
    String port = context.resolvePropertyPlaceholders("{{camel.server.port}}");
    Setting.number("camel.server.port", 0, 65_535).check(port);
    try (ServerSocket free =
        new ServerSocket(Integer.parseInt(port), 1, InetAddress.getByName(host))) {
      LOG.debug("port is free port={}", free.getLocalPort());
    } catch (IOException e) {
      throw CannotStart.unreachable(
          "camel.server.port", port, "cannot listen on %s: %s".formatted(host, OneLine.of(e)));
    }
  }
}
