package org.marketanalytics.spark;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.catalog.TableProvider;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.connector.read.streaming.MicroBatchStream;
import org.apache.spark.sql.connector.read.streaming.Offset;
import org.apache.spark.sql.connector.read.streaming.ReadLimit;
import org.apache.spark.sql.connector.read.streaming.ReportsSourceMetrics;
import org.apache.spark.sql.connector.read.streaming.SupportsTriggerAvailableNow;
import org.apache.spark.sql.kafka010.KafkaBatchInputPartition;
import org.apache.spark.sql.kafka010.KafkaSourceProvider;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * A streaming source that gives the records of Kafka partitions as {@linkplain Pack packs}, all of
 * them read by one task. Which offsets a batch has, Spark's Kafka source says, so its options and
 * its offsets in a checkpoint are those of this source; only the reading is done here.
 *
 * <p>Spark's own reader takes the partitions one after the other, asks the broker for the ends of
 * the log after each poll, which in a quiet market waits for half a second behind the poll under
 * way, and makes a row with an array of headers of each record.
 */
public final class PackSource implements TableProvider {
  /** The {@code ev} to read, with commas between them. */
  static final String KINDS = "kinds";

  /** For Spark, which finds this class by its name. */
  public PackSource() {}

  @Override
  public StructType inferSchema(CaseInsensitiveStringMap options) {
    return Pack.TYPE;
  }

  @Override
  public Table getTable(
      StructType schema, Transform[] partitioning, Map<String, String> properties) {
    return new PackTable();
  }

  private static final class PackTable implements Table, SupportsRead {
    @Override
    public String name() {
      return "packs";
    }

    @Override
    @SuppressWarnings("deprecation") // the method in its place asks this one by default
    public StructType schema() {
      return Pack.TYPE;
    }

    @Override
    public Set<TableCapability> capabilities() {
      return Set.of(TableCapability.MICRO_BATCH_READ);
    }

    @Override
    public ScanBuilder newScanBuilder(CaseInsensitiveStringMap options) {
      return () -> new PackScan(options);
    }
  }

  private record PackScan(CaseInsensitiveStringMap options) implements Scan {
    @Override
    public StructType readSchema() {
      return Pack.TYPE;
    }

    @Override
    public String description() {
      return "packs of " + options.get("assign");
    }

    @Override
    public MicroBatchStream toMicroBatchStream(String checkpointLocation) {
      Table kafka =
          new KafkaSourceProvider().getTable(null, new Transform[0], options.asCaseSensitiveMap());
      MicroBatchStream offsets =
          ((SupportsRead) kafka)
              .newScanBuilder(options)
              .build()
              .toMicroBatchStream(checkpointLocation);
      return new PackStream(offsets, List.of(options.get(KINDS).split(",")));
    }
  }

  /** Spark's stream of Kafka records, but for what reads them. */
  private static final class PackStream
      implements MicroBatchStream, SupportsTriggerAvailableNow, ReportsSourceMetrics {
    private final MicroBatchStream kafka;
    private final List<String> kinds;

    PackStream(MicroBatchStream kafka, List<String> kinds) {
      this.kafka = kafka;
      this.kinds = kinds;
    }

    @Override
    public InputPartition[] planInputPartitions(Offset start, Offset end) {
      KafkaBatchInputPartition[] partitions =
          Arrays.stream(kafka.planInputPartitions(start, end))
              .map(KafkaBatchInputPartition.class::cast)
              .toArray(KafkaBatchInputPartition[]::new);
      return partitions.length == 0
          ? new InputPartition[0]
          : new InputPartition[] {PackReader.Input.of(partitions, kinds)};
    }

    @Override
    public PartitionReaderFactory createReaderFactory() {
      return input -> new PackReader((PackReader.Input) input);
    }

    @Override
    public Offset initialOffset() {
      return kafka.initialOffset();
    }

    @Override
    public Offset latestOffset() {
      return kafka.latestOffset();
    }

    @Override
    public Offset latestOffset(Offset start, ReadLimit limit) {
      return limited().latestOffset(start, limit);
    }

    @Override
    public Offset reportLatestOffset() {
      return limited().reportLatestOffset();
    }

    @Override
    public ReadLimit getDefaultReadLimit() {
      return limited().getDefaultReadLimit();
    }

    @Override
    public void prepareForTriggerAvailableNow() {
      limited().prepareForTriggerAvailableNow();
    }

    @Override
    public Map<String, String> metrics(Optional<Offset> latestConsumed) {
      return ((ReportsSourceMetrics) kafka).metrics(latestConsumed);
    }

    @Override
    public Offset deserializeOffset(String json) {
      return kafka.deserializeOffset(json);
    }

    @Override
    public void commit(Offset end) {
      kafka.commit(end);
    }

    @Override
    public void stop() {
      kafka.stop();
    }

    @Override
    public String toString() {
      return "packs of " + kafka;
    }

    private SupportsTriggerAvailableNow limited() {
      return (SupportsTriggerAvailableNow) kafka;
    }
  }
}
