package org.marketanalytics.local;

import java.util.Locale;

/** Which database server is started. */
public enum DatabaseProduct {
  /** MySQL 8.0.31; needs the system libraries libaio1 and libnuma1. */
  MYSQL,
  /** MariaDB 11.4; carries what it needs. */
  MARIADB,
  /** What the folder was begun with; else MySQL where it can be executed, and MariaDB where not. */
  AUTO;

  /** The word of the command line, also the name of the folder that holds its data. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
