package sightline.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sightline.error.InputException;

class SafetensorsErrorsTest {
    @TempDir
    Path folder;

    /** Header, bytes of data behind it, and what the message must say. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            {"a":                                                             | 0 | header is not valid JSON
            [1]                                                               | 0 | header is a JSON array
            {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}            | 3 | is cut short: its data has 3 bytes and a ends at byte 4
            {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}            | 6 | has 2 bytes after its last tensor a
            {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}            | 4 | tensor a takes 4 bytes. Expected 8 bytes for shape [2] of F32
            {"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}            | 4 | tensor a has the data_offsets [4, 0]
            {"a":{"dtype":"F32","shape":[1],"data_offsets":[0]}}              | 4 | tensor a has the data_offsets [0]
            {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,99999999999999999999]}} | 4 | tensor a has the data_offsets [0,99999999999999999999]
            {"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}           | 4 | tensor a has the shape [-1]
            {"a":{"dtype":"F32","shape":4,"data_offsets":[0,4]}}              | 4 | tensor a has the shape 4
            {"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,0]}} | 0 | a shape that a file can hold
            {"a":{"dtype":"F4","shape":[1],"data_offsets":[0,1]}}             | 1 | tensor a has the dtype "F4"
            {"a":{"shape":[1],"data_offsets":[0,1]}}                          | 1 | tensor a has the dtype
            {"a":7}                                                           | 0 | tensor a has the dtype
            {"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}} | 3 | tensors a and b overlap at byte 1
            {"a":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}             | 2 | no tensor fills the bytes 0 to 1
            {"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"a":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}} | 2 | Duplicate field 'a'
            {"__metadata__":{"format":7}}                                     | 0 | __metadata__ has format = 7
            {"__metadata__":[]}                                               | 0 | __metadata__ is []
            """)
    void refuses(String header, long data, String message) {
        assertRefused(SafetensorsFixture.write(folder.resolve("bad.safetensors"), header, data), message);
    }

    @Test
    void refusesWhatIsNoSafetensorsFileAtAll() throws IOException {
        assertRefused(folder.resolve("none.safetensors"), "does not exist");
        assertRefused(Files.write(folder.resolve("short"), new byte[7]), "has 7 bytes");
        assertRefused(
                Folders.write(folder.resolve("pointer"), "version https://git-lfs.github.com/spec/v1\nsize 5\n"),
                "git lfs pull");
        assertRefused(headerLength(17), "gives its header 17 bytes, but has 24 in all");
        assertRefused(headerLength(-1), "gives its header 18446744073709551615 bytes");
        Path long1 = SafetensorsFixture.write(folder.resolve("long"), "", 100_000_001L);
        byte[] length = ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(100_000_001L)
                .array();
        try (var channel = java.nio.channels.FileChannel.open(long1, java.nio.file.StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(length), 0);
        }
        assertRefused(long1, "has a header of 100000001 bytes");
    }

    private Path headerLength(long length) throws IOException {
        byte[] bytes = ByteBuffer.allocate(24)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(length)
                .array();
        return Files.write(folder.resolve("length"), bytes);
    }

    @Test
    void otherTypesMayStandBesideButAreNotRead() {
        Path path = SafetensorsFixture.to(folder.resolve("types"))
                .add("ids", "I64", new long[] {1}, new byte[8])
                .write();
        try (SafetensorsFile file = SafetensorsFile.open(path)) {
            InputException error = catchThrowableOfType(InputException.class, () -> file.tensor("ids"));
            assertThat(error).isNotNull().hasMessageContaining("tensor ids is stored as I64. Expected one of BF16");
        }
    }

    private static void assertRefused(Path path, String message) {
        InputException error = catchThrowableOfType(
                InputException.class, () -> SafetensorsFile.open(path).close());
        assertThat(error).as("accepted").isNotNull().hasMessageContaining(message);
        assertThat(error.place()).isEqualTo(path.toString());
    }
}
