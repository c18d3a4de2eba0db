package org.marketanalytics.spark;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.spark.sql.Row;

/** The records of packs that are written. */
final class Unpacked {
  private Unpacked() {}

  /** Of rows whose first column is a pack. */
  static List<ProducerRecord<byte[], byte[]>> of(List<Row> packs) {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (Row row : packs) {
      new SinkPack.Reader(row.getAs(0)).forEachRemaining(records::add);
    }
    return records;
  }

  /** What goes to the dead-letter topic. */
  static List<ProducerRecord<byte[], byte[]>> deadLetters(List<Row> packs) {
    return of(packs).stream().filter(record -> header(record, "reason") != null).toList();
  }

  /** Values of the rows of a type. */
  static List<String> values(List<Row> packs, String type) {
    return of(packs).stream()
        .filter(record -> type.equals(header(record, "type")))
        .map(Unpacked::value)
        .toList();
  }

  static String value(ProducerRecord<byte[], byte[]> record) {
    return text(record.value());
  }

  /** The header of a name, or null. */
  static String header(ProducerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? null : text(header.value());
  }

  static String text(byte[] utf8) {
    return new String(utf8, StandardCharsets.UTF_8);
  }
}
