package sightline.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sightline.error.InputException;

class MappedFileTest {
    private static final byte[] ONE_TWO = {0, 0, (byte) 0x80, 0x3f, 0, 0, 0, 0x40}; // float32, little-endian

    @TempDir
    Path folder;

    @Test
    void viewsShareTheMappingAndNeverReachTheFile() throws IOException {
        Path path = Files.write(folder.resolve("grün und blau.bin"), ONE_TWO);
        try (Scope scope = Scope.open();
                MappedFile file = MappedFile.open(path, 8);
                Tensor pair = file.view(0, new long[] {2, 1}, ScalarType.Float);
                Tensor second = file.view(4, new long[] {}, ScalarType.Float);
                Scalar seven = new Scalar(7.0f)) {
            assertThat(second.item_double()).isEqualTo(2.0);
            second.fill_(seven);
            // Zero copy: what is written through one view is seen through the other ...
            assertThat(pair.select(0, 1).item_double()).isEqualTo(7.0);
            // ... but the mapping is private.
            assertThat(Files.readAllBytes(path)).isEqualTo(ONE_TWO);
        }
    }

    @Test
    void copiesOnlyWhatIsNotAligned() throws IOException {
        byte[] shifted = new byte[9];
        System.arraycopy(ONE_TWO, 0, shifted, 1, 8);
        Path path = Files.write(folder.resolve("shifted.bin"), shifted);
        try (MappedFile file = MappedFile.open(path, 9);
                Tensor pair = file.view(1, new long[] {2}, ScalarType.Float)) {
            assertThat(pair.data_ptr().address() % 4).isZero();
            assertThat(pair.select(0, 1).item_double()).isEqualTo(2.0);
        }
    }

    @Test
    void aViewMustLieInTheFile() throws IOException {
        Path path = Files.write(folder.resolve("two.bin"), ONE_TWO);
        try (MappedFile file = MappedFile.open(path, 8)) {
            assertThatExceptionOfType(IndexOutOfBoundsException.class)
                    .isThrownBy(() -> file.view(4, new long[] {2}, ScalarType.Float));
            assertThatExceptionOfType(IndexOutOfBoundsException.class)
                    .isThrownBy(() -> file.view(-4, new long[] {1}, ScalarType.Float));
        }
    }

    @Test
    void closesOnceAndSaysSo() throws IOException {
        MappedFile file = MappedFile.open(Files.write(folder.resolve("two.bin"), ONE_TWO), 8);
        file.close();
        file.close();
        assertThatIllegalStateException()
                .isThrownBy(() -> file.view(0, new long[] {2}, ScalarType.Float))
                .withMessageContaining("two.bin is closed");
    }

    @Test
    void refusesWhatItCannotMap() throws IOException {
        Path path = Files.write(folder.resolve("two.bin"), ONE_TWO);
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> MappedFile.open(path, 9))
                .withMessageContaining("has 8 bytes. Expected at least 9 bytes");
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> MappedFile.open(folder.resolve("none.bin"), 1))
                .withMessageContaining("none.bin: cannot be read");
        assertThatIllegalArgumentException().isThrownBy(() -> MappedFile.open(path, 0));
    }

    @Test
    void mapsMoreThanTheMemoryOfMostMachines() throws IOException {
        long size = 5L << 30; // a published shard
        Path path = folder.resolve("large.bin");
        try (FileChannel channel = FileChannel.open(
                path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SPARSE)) {
            channel.write(ByteBuffer.wrap(ONE_TWO), size - 8);
        }
        List<MappedFile> files = new ArrayList<>();
        try {
            for (int i = 0; i < 40; i++) {
                files.add(MappedFile.open(path, size));
            }
            try (Tensor last = files.get(39).view(size - 4, new long[] {1}, ScalarType.Float)) {
                assertThat(last.item_double()).isEqualTo(2.0);
            }
        } finally {
            files.forEach(MappedFile::close);
        }
    }
}
