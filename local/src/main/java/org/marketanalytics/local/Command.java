package org.marketanalytics.local;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What to start.
 *
 * @param name of the part, as messages and its log file use it
 * @param line the program and its arguments
 * @param directory the child's working directory, which must exist
 * @param environment added to this process's own; the place for secrets, as arguments can be seen
 *     by every user of the machine
 */
record Command(String name, List<String> line, Path directory, Map<String, String> environment) {

  Command {
    line = List.copyOf(line);
    environment = Map.copyOf(environment);
  }

  Command(String name, List<String> line, Path directory) {
    this(name, line, directory, Map.of());
  }

  @Override
  public String toString() {
    return name + " " + line;
  }
}
