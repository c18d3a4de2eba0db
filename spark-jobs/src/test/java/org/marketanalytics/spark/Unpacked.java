package org.marketanalytics.spark;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.CatalystTypeConverters;

/** The records of packs that are written, as rows with the columns of Spark's Kafka sink. */
final class Unpacked {
  private Unpacked() {}

  /** Of rows whose first column is a pack. */
  static List<Row> of(List<Row> packs) {
    List<Row> records = new ArrayList<>();
    for (Row row : packs) {
      new SinkPack.Reader(row.getAs(0))
          .forEachRemaining(
              record ->
                  records.add(
                      (Row) CatalystTypeConverters.convertToScala(record, SinkPack.RECORD)));
    }
    return records;
  }

  /** What goes to the dead-letter topic. */
  static List<Row> deadLetters(List<Row> packs) {
    return of(packs).stream().filter(record -> header(record, "reason") != null).toList();
  }

  /** Values of the rows of a type. */
  static List<String> values(List<Row> packs, String type) {
    return of(packs).stream()
        .filter(record -> type.equals(header(record, "type")))
        .map(Unpacked::value)
        .toList();
  }

  static String value(Row record) {
    return text(record.getAs("value"));
  }

  /** The header of a name, or null. */
  static String header(Row record, String name) {
    return record.<Row>getList(record.fieldIndex("headers")).stream()
        .filter(header -> header.getString(0).equals(name))
        .map(header -> text(header.getAs(1)))
        .findFirst()
        .orElse(null);
  }

  static String text(byte[] utf8) {
    return new String(utf8, StandardCharsets.UTF_8);
  }
}
