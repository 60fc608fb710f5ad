package sightline.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sightline.dataset.Dataset;

/** {@code results.parquet} says the same to DuckDB, which wrote it, and to Apache Parquet's own reader. */
class ParquetTest {
    @TempDir
    private Path folder;

    @Test
    void anotherReaderFindsTheSameRows() throws Exception {
        Path run = RunFolders.write(folder.resolve("run"), Dataset.DOCVQA, 10, List.of(1, 9), 5, 5);
        Path file = run.resolve("results.parquet");
        try (ResultTable table = ResultTable.read(List.of(run))) {
            table.writeParquet(file);
        }

        Set<String> duck = byDuckDb(file);
        assertThat(duck).hasSizeGreaterThan(5 * 4 * 2 * 10 - 1);
        assertThat(byApache(file)).isEqualTo(duck);
    }

    private static Set<String> byDuckDb(Path file) throws Exception {
        TreeSet<String> rows = new TreeSet<>();
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT dataset, sample_id, array_to_string(categories, ','),"
                        + " pathway, k, masking, layer, answer_token, probability, baseline FROM '" + file + "'")) {
            while (row.next()) {
                rows.add(String.join(
                        " ",
                        row.getString(1),
                        Long.toString(row.getLong(2)),
                        row.getString(3),
                        row.getString(4),
                        Integer.toString(row.getInt(5)),
                        row.getString(6),
                        Integer.toString(row.getInt(7)),
                        Integer.toString(row.getInt(8)),
                        Double.toString(row.getDouble(9)),
                        Double.toString(row.getDouble(10))));
            }
        }
        return rows;
    }

    private static Set<String> byApache(Path file) throws IOException {
        TreeSet<String> rows = new TreeSet<>();
        ParquetReadOptions options = ParquetReadOptions.builder(new PlainParquetConfiguration())
                .withCodecFactory(new WithoutHadoop())
                .build();
        try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file), options)) {
            MessageType schema = reader.getFileMetaData().getSchema();
            for (PageReadStore pages = reader.readNextRowGroup(); pages != null; pages = reader.readNextRowGroup()) {
                RecordReader<Group> records = new ColumnIOFactory()
                        .getColumnIO(schema)
                        .getRecordReader(pages, new GroupRecordConverter(schema));
                for (long i = 0; i < pages.getRowCount(); i++) {
                    rows.add(row(records.read()));
                }
            }
        }
        return rows;
    }

    private static String row(Group row) {
        Group list = row.getGroup("categories", 0);
        StringBuilder categories = new StringBuilder();
        for (int i = 0; i < list.getFieldRepetitionCount(0); i++) {
            categories.append(i == 0 ? "" : ",").append(list.getGroup(0, i).getString(0, 0));
        }
        return String.join(
                " ",
                row.getString("dataset", 0),
                Long.toString(row.getLong("sample_id", 0)),
                categories,
                row.getString("pathway", 0),
                Integer.toString(row.getInteger("k", 0)),
                row.getString("masking", 0),
                Integer.toString(row.getInteger("layer", 0)),
                Integer.toString(row.getInteger("answer_token", 0)),
                Double.toString(row.getDouble("probability", 0)),
                Double.toString(row.getDouble("baseline", 0)));
    }

    /** Apache's own codecs ask for a Hadoop configuration. */
    private static final class WithoutHadoop implements CompressionCodecFactory {
        @Override
        public BytesInputCompressor getCompressor(CompressionCodecName codec) {
            throw new UnsupportedOperationException("only reads");
        }

        @Override
        public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
            assertThat(codec).isEqualTo(CompressionCodecName.ZSTD);
            return new BytesInputDecompressor() {
                @Override
                public BytesInput decompress(BytesInput bytes, int size) throws IOException {
                    return BytesInput.from(Zstd.decompress(bytes.toInputStream().readAllBytes(), size));
                }

                @Override
                public void decompress(ByteBuffer in, int compressed, ByteBuffer out, int size) {
                    throw new UnsupportedOperationException("not asked for by this reader");
                }

                @Override
                public void release() {}
            };
        }

        @Override
        public void release() {}
    }
}
