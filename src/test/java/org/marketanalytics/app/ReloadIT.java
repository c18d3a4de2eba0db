package org.marketanalytics.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.marketanalytics.local.Application;
import org.marketanalytics.local.DatabaseProduct;

/** Development: a route is edited while the application runs. */
class ReloadIT {
  private static final String GREETING =
      """
      - route:
          id: greeting
          from:
            uri: platform-http:/greeting
            steps:
              - setBody:
                  constant: %s
              - to: direct:greeting
      - route:
          id: greeting-end
          from:
            uri: direct:greeting
            steps:
              - setBody:
                  simple: ${body}!
      """;

  @TempDir private Path directory;

  @Test
  void anEditedRouteTakesEffectWhenItIsSaved() throws Exception {
    Path routes = Files.createDirectory(directory.resolve("routes"));
    for (String name : new String[] {"store.camel.yaml", "errors.camel.yaml"}) {
      Files.copy(project().resolve("routes").resolve(name), routes.resolve(name));
    }
    Path greeting = routes.resolve("greeting.camel.yaml");
    Files.writeString(greeting, GREETING.formatted("before"));
    try (Servers servers = Servers.start(directory, DatabaseProduct.AUTO)) {
      Map<String, String> environment = servers.configuration("file:" + routes + "/*.camel.yaml");
      environment.put("CAMEL_MAIN_PROFILE", "dev");
      environment.put("CAMEL_MAIN_ROUTES_RELOAD_DIRECTORY", routes.toString());
      try (Application application = servers.application(environment)) {
        assertThat(Servers.get(application, "/greeting")).isEqualTo("before!");

        Files.writeString(greeting, GREETING.formatted("after"));

        await("the edited route")
            .atMost(Duration.ofSeconds(30))
            .until(() -> Servers.get(application, "/greeting"), "after!"::equals);
        await("all routes run again")
            .atMost(Duration.ofSeconds(30))
            .until(
                () -> Servers.get(application, "/observe/health"),
                health -> health.contains("route:store") && !health.contains("\"DOWN\""));
      }
    }
  }

  private static Path project() {
    Path home = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(home.resolve("routes"))) {
      home = home.getParent();
    }
    return home;
  }
}
