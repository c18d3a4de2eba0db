package org.marketanalytics.app.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.marketanalytics.local.DatabaseProduct;

/**
 * The store route on MariaDB, and with little patience: while the database is away a batch is given
 * back to Kafka and read again from the last offsets, as it is after a minute otherwise.
 */
class StoreOnMariaDbIT extends StoreBehaviour {
  @TempDir private static Path directory;

  StoreOnMariaDbIT() {
    super(DatabaseProduct.MARIADB);
  }

  @Override
  Path store() throws IOException {
    Path project = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(project.resolve("routes"))) {
      project = project.getParent();
    }
    String patient = Files.readString(project.resolve("routes/store.camel.yaml"));
    String impatient =
        patient
            .replace("maximumRedeliveries: 30", "maximumRedeliveries: 1")
            .replace("redeliveryDelay: 2000", "redeliveryDelay: 100");
    assertThat(impatient).isNotEqualTo(patient);
    return Files.writeString(directory.resolve("store.camel.yaml"), impatient);
  }
}
