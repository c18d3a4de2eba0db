package org.marketanalytics.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Properties;

/**
 * The random passwords of one database, made at its first start and read again at the next.
 *
 * <p>They stand in a file that only its owner can read.
 */
final class Passwords {

  private static final int BYTES = 16;

  private final Path file;
  private final Properties byUser = new Properties();

  private Passwords(Path file) {
    this.file = file;
  }

  static Passwords in(Path file) throws IOException {
    Passwords passwords = new Passwords(file);
    if (Files.exists(file)) {
      try (var in = Files.newBufferedReader(file)) {
        passwords.byUser.load(in);
      }
    }
    return passwords;
  }

  Credentials of(String user) throws IOException {
    String password = byUser.getProperty(user);
    if (password == null) {
      byte[] random = new byte[BYTES];
      new SecureRandom().nextBytes(random);
      password = HexFormat.of().formatHex(random);
      byUser.setProperty(user, password);
      try (var out = Files.newBufferedWriter(ownerOnly(file))) {
        byUser.store(out, null);
      }
    }
    return new Credentials(user, password);
  }

  /** An empty file that nobody else can read, before anything is in it. */
  static Path ownerOnly(Path file) throws IOException {
    Files.deleteIfExists(file);
    return Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
  }
}
