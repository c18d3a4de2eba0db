package org.marketanalytics.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.marketanalytics.spark.SinkPack.utf8;

import java.util.List;
import java.util.NoSuchElementException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

class SinkPackTest {
  private final SinkPack.Builder builder = new SinkPack.Builder();

  @Test
  void givesBackTheRecordsInTheirOrder() {
    builder.add(utf8("one"), utf8("K\u00e9"), utf8("1"), utf8("type"), utf8("bar"));
    builder.add(utf8("two"), null, null);
    builder.add(utf8("one"), new byte[0], utf8("3"), utf8("a"), utf8("x"), utf8("b"), null);

    List<ProducerRecord<byte[], byte[]>> records = unpacked(builder.take());

    assertThat(records).extracting(ProducerRecord::topic).containsExactly("one", "two", "one");
    assertThat(Unpacked.text(records.get(0).key())).isEqualTo("K\u00e9");
    assertThat(Unpacked.header(records.get(0), "type")).isEqualTo("bar");
    assertThat(records.get(1).key()).isNull();
    assertThat(records.get(1).value()).isNull();
    assertThat(records.get(1).headers()).isEmpty();
    assertThat(records.get(2).key()).isEmpty();
    assertThat(records.get(2).headers()).extracting(Header::key).containsExactly("a", "b");
    assertThat(builder.isEmpty()).isTrue();
  }

  @Test
  void isFullAtAQuarterOfAMebibyteAndTakesARecordOfAnySize() {
    builder.add(utf8("t"), null, new byte[262_100]);
    assertThat(builder.isFull()).isFalse();

    builder.add(utf8("t"), null, new byte[1 << 20]);

    assertThat(builder.isFull()).isTrue();
    assertThat(unpacked(builder.take()))
        .extracting(record -> record.value().length)
        .containsExactly(262_100, 1 << 20);
  }

  @Test
  void saysWhenAllWereTaken() {
    builder.add(utf8("t"), null, utf8("v"));
    SinkPack.Reader records = new SinkPack.Reader(builder.take());
    records.next();

    assertThat(records.hasNext()).isFalse();
    assertThatThrownBy(records::next).isInstanceOf(NoSuchElementException.class);
  }

  private static List<ProducerRecord<byte[], byte[]>> unpacked(byte[] pack) {
    return Unpacked.of(List.of(RowFactory.create((Object) pack)));
  }
}
