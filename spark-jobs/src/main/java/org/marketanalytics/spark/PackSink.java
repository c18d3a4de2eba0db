package org.marketanalytics.spark;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.catalyst.InternalRow;
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
import org.apache.spark.sql.kafka010.KafkaSourceProvider;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * A sink that takes {@linkplain SinkPack packs} and gives their records to Spark's Kafka sink, so
 * its options are those of this sink. A row of each record would be built from its columns, copied
 * through the plan and projected twice before it is sent.
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
      SupportsWrite kafka =
          (SupportsWrite)
              new KafkaSourceProvider()
                  .getTable(null, new Transform[0], info.options().asCaseSensitiveMap());
      Write write = kafka.newWriteBuilder(new RecordInfo(info.options(), info.queryId())).build();
      return new PackWriteBuilder(new PackWrite(write));
    }
  }

  /** What Spark's Kafka sink is told: it gets the records. */
  private record RecordInfo(CaseInsensitiveStringMap options, String queryId)
      implements LogicalWriteInfo {
    @Override
    public StructType schema() {
      return SinkPack.RECORD;
    }
  }

  private record PackWriteBuilder(Write write) implements SupportsStreamingUpdateAsAppend {
    @Override
    public Write build() {
      return write;
    }
  }

  private record PackWrite(Write kafka) implements Write {
    @Override
    public String description() {
      return "packs to " + kafka.description();
    }

    @Override
    public StreamingWrite toStreaming() {
      return new PackStreamingWrite(kafka.toStreaming());
    }

    @Override
    public BatchWrite toBatch() {
      return new PackBatchWrite(kafka.toBatch());
    }
  }

  private record PackStreamingWrite(StreamingWrite kafka) implements StreamingWrite {
    @Override
    public StreamingDataWriterFactory createStreamingWriterFactory(PhysicalWriteInfo info) {
      StreamingDataWriterFactory factory = kafka.createStreamingWriterFactory(info);
      return (partition, task, epoch) ->
          new PackWriter(factory.createWriter(partition, task, epoch));
    }

    @Override
    public boolean useCommitCoordinator() {
      return kafka.useCommitCoordinator();
    }

    @Override
    public void commit(long epoch, WriterCommitMessage[] messages) {
      kafka.commit(epoch, messages);
    }

    @Override
    public void abort(long epoch, WriterCommitMessage[] messages) {
      kafka.abort(epoch, messages);
    }
  }

  private record PackBatchWrite(BatchWrite kafka) implements BatchWrite {
    @Override
    public DataWriterFactory createBatchWriterFactory(PhysicalWriteInfo info) {
      DataWriterFactory factory = kafka.createBatchWriterFactory(info);
      return (partition, task) -> new PackWriter(factory.createWriter(partition, task));
    }

    @Override
    public boolean useCommitCoordinator() {
      return kafka.useCommitCoordinator();
    }

    @Override
    public void commit(WriterCommitMessage[] messages) {
      kafka.commit(messages);
    }

    @Override
    public void abort(WriterCommitMessage[] messages) {
      kafka.abort(messages);
    }
  }

  private record PackWriter(DataWriter<InternalRow> kafka) implements DataWriter<InternalRow> {
    @Override
    public void write(InternalRow row) throws IOException {
      SinkPack.Reader records = new SinkPack.Reader(row.getBinary(0));
      while (records.hasNext()) {
        kafka.write(records.next());
      }
    }

    @Override
    public WriterCommitMessage commit() throws IOException {
      return kafka.commit();
    }

    @Override
    public void abort() throws IOException {
      kafka.abort();
    }

    @Override
    public void close() throws IOException {
      kafka.close();
    }
  }
}
