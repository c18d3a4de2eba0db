package org.marketanalytics.local;

import java.io.PrintStream;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Prints rows in columns. */
final class TextTable {

  /** Widths are those of this many first rows, so that a long answer begins at once. */
  private static final int MEASURED_ROWS = 200;

  private TextTable() {}

  static void print(ResultSet rows, PrintStream out) throws SQLException {
    ResultSetMetaData columns = rows.getMetaData();
    int[] widths = new int[columns.getColumnCount()];
    List<String[]> waiting = new ArrayList<>();
    String[] names = new String[widths.length];
    for (int i = 0; i < names.length; i++) {
      names[i] = columns.getColumnLabel(i + 1);
    }
    add(names, waiting, widths);
    long count = 0;
    while (rows.next()) {
      String[] row = new String[widths.length];
      for (int i = 0; i < row.length; i++) {
        row[i] = String.valueOf(rows.getString(i + 1));
      }
      add(row, waiting, widths);
      if (waiting.size() > MEASURED_ROWS) {
        flush(waiting, widths, out);
      }
      count++;
    }
    flush(waiting, widths, out);
    out.printf("(%d %s)%n", count, count == 1 ? "row" : "rows");
  }

  private static void add(String[] row, List<String[]> waiting, int[] widths) {
    waiting.add(row);
    for (int i = 0; i < row.length; i++) {
      widths[i] = Math.max(widths[i], row[i].length());
    }
  }

  private static void flush(List<String[]> waiting, int[] widths, PrintStream out) {
    for (String[] row : waiting) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.length; i++) {
        line.append(row[i]).append(" ".repeat(widths[i] - row[i].length() + 2));
      }
      out.println(line.toString().stripTrailing());
    }
    waiting.clear();
  }
}
