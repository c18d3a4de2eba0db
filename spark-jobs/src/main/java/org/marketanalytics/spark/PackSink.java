package org.marketanalytics.spark;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.CaseInsensitiveMap$;
import org.apache.spark.sql.connector.catalog.SupportsWrite;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.catalog.TableProvider;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.connector.write.BatchWrite;
import org.apache.spark.sql.connector.write.DataWriter;
import org.apache.spark.sql.connector.write.DataWriterFactory;
import org.apache.spark.sql.connector.write.LogicalWriteInfo;
import org.apache.spark.sql.connector.write.PhysicalWriteInfo;
import org.apache.spark.sql.connector.write.Write;
import org.apache.spark.sql.connector.write.WriteBuilder;
import org.apache.spark.sql.connector.write.WriterCommitMessage;
import org.apache.spark.sql.connector.write.streaming.StreamingDataWriterFactory;
import org.apache.spark.sql.connector.write.streaming.StreamingWrite;
import org.apache.spark.sql.internal.connector.SupportsStreamingUpdateAsAppend;
import org.apache.spark.sql.kafka010.KafkaSourceProvider$;
import org.apache.spark.sql.kafka010.producer.CachedKafkaProducer;
import org.apache.spark.sql.kafka010.producer.InternalKafkaProducerPool$;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import scala.collection.immutable.Map$;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A sink that takes {@linkplain SinkPack packs} and sends their records, with the options and the
 * producers of Spark's Kafka sink. That one wants a row of each record, built from its columns,
 * copied through the plan and projected before it is sent.
 *
 * <p>A task that fails may have sent records already, and its next attempt sends them again: at
 * least once, as Spark's.
 */
public final class PackSink implements TableProvider {
  static final StructType PACK = new StructType().add("pack", DataTypes.BinaryType);

  /** For Spark, which finds this class by its name. */
  public PackSink() {}

  @Override
  public StructType inferSchema(CaseInsensitiveStringMap options) {
    return PACK;
  }

  @Override
  public Table getTable(
      StructType schema, Transform[] partitioning, Map<String, String> properties) {
    return new PackTable();
  }

  private static final class PackTable implements Table, SupportsWrite {
    @Override
    public String name() {
      return "packs";
    }

    @Override
    @SuppressWarnings("deprecation") // the method in its place asks this one by default
    public StructType schema() {
      return PACK;
    }

    @Override
    public Set<TableCapability> capabilities() {
      return Set.of(TableCapability.STREAMING_WRITE, TableCapability.BATCH_WRITE);
    }

    @Override
    public WriteBuilder newWriteBuilder(LogicalWriteInfo info) {
      return new PackWriteBuilder(new PackWrite(producer(info.options())));
    }
  }

  /** Configuration of the producers: what stands behind {@code kafka.}. */
  private static Map<String, Object> producer(CaseInsensitiveStringMap options) {
    var all = Map$.MODULE$.from(CollectionConverters.asScala(options.asCaseSensitiveMap()));
    return new HashMap<>(
        KafkaSourceProvider$.MODULE$.kafkaParamsForProducer(
            CaseInsensitiveMap$.MODULE$.apply(all)));
  }

  private record PackWriteBuilder(Write write) implements SupportsStreamingUpdateAsAppend {
    @Override
    public Write build() {
      return write;
    }
  }

  private record PackWrite(Map<String, Object> producer) implements Write {
    @Override
    public String description() {
      return "packs to Kafka";
    }

    @Override
    public StreamingWrite toStreaming() {
      return new PackStreamingWrite(producer);
    }

    @Override
    public BatchWrite toBatch() {
      return new PackBatchWrite(producer);
    }
  }

  private record PackStreamingWrite(Map<String, Object> producer) implements StreamingWrite {
    @Override
    public StreamingDataWriterFactory createStreamingWriterFactory(PhysicalWriteInfo info) {
      return new PackWriterFactory(producer);
    }

    /** What was sent cannot be taken back, so nobody needs to allow it. */
    @Override
    public boolean useCommitCoordinator() {
      return false;
    }

    @Override
    public void commit(long epoch, WriterCommitMessage[] messages) {}

    @Override
    public void abort(long epoch, WriterCommitMessage[] messages) {}
  }

  private record PackBatchWrite(Map<String, Object> producer) implements BatchWrite {
    @Override
    public DataWriterFactory createBatchWriterFactory(PhysicalWriteInfo info) {
      return new PackWriterFactory(producer);
    }

    @Override
    public boolean useCommitCoordinator() {
      return false;
    }

    @Override
    public void commit(WriterCommitMessage[] messages) {}

    @Override
    public void abort(WriterCommitMessage[] messages) {}
  }

  private record PackWriterFactory(Map<String, Object> producer)
      implements StreamingDataWriterFactory, DataWriterFactory {
    @Override
    public DataWriter<InternalRow> createWriter(int partition, long task, long epoch) {
      return new PackWriter(producer);
    }

    @Override
    public DataWriter<InternalRow> createWriter(int partition, long task) {
      return new PackWriter(producer);
    }
  }

  /** All records of a task were taken by the broker. */
  private record Sent() implements WriterCommitMessage {}

  /** Sends the records of one task. */
  private static final class PackWriter implements DataWriter<InternalRow> {
    private final CachedKafkaProducer kafka;
    private final Callback noted = this::note;
    private volatile KafkaException refused;

    PackWriter(Map<String, Object> producer) {
      this.kafka = InternalKafkaProducerPool$.MODULE$.acquire(producer);
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the callback is told
    public void write(InternalRow row) {
      SinkPack.Reader records = new SinkPack.Reader(row.getBinary(0));
      while (records.hasNext()) {
        kafka.producer().send(records.next(), noted);
      }
      check();
    }

    private void note(RecordMetadata metadata, Exception failure) {
      if (failure != null && refused == null) {
        refused =
            new KafkaException(
                "%s has not taken a record: %s Mend the topic and start the job again; it sends the record anew."
                    .formatted(metadata.topic(), failure.getMessage()));
      }
    }

    @Override
    public WriterCommitMessage commit() {
      kafka.producer().flush();
      check();
      return new Sent();
    }

    private void check() {
      if (refused != null) {
        throw refused;
      }
    }

    @Override
    public void abort() {}

    @Override
    public void close() {
      InternalKafkaProducerPool$.MODULE$.release(kafka);
    }
  }
}
