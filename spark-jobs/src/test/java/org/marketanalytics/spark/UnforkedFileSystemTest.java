package org.marketanalytics.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnforkedFileSystemTest {

  @Test
  void writesAFileWithItsPermissionsAndNothingBesideIt(@TempDir java.nio.file.Path folder)
      throws Exception {
    Configuration configuration = new Configuration(false);
    configuration.set("fs.file.impl", UnforkedFileSystem.class.getName());
    java.nio.file.Path file = folder.resolve("state");

    try (FileSystem files = FileSystem.newInstance(folder.toUri(), configuration)) {
      try (OutputStream out = files.create(new Path(file.toUri()))) {
        out.write("x".getBytes(StandardCharsets.UTF_8));
      }
      files.setPermission(new Path(file.toUri()), new FsPermission("640"));
    }

    try (var written = Files.list(folder)) {
      assertThat(written).containsExactly(file);
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-r-----");
  }
}
