package sightline.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sightline.error.InputException;

/** What the user is told about files that are not read. */
class PictureErrorTest {
    @TempDir
    Path folder;

    @Test
    void missingFile() {
        assertThat(error(folder.resolve("holiday.png"))).contains("holiday.png: does not exist.", "Check the path.");
    }

    @Test
    void folderInsteadOfFile() {
        assertThat(error(folder)).contains("is a folder", "Name one picture in it");
    }

    @Test
    void emptyFile() throws IOException {
        assertThat(error(Files.createFile(folder.resolve("empty.jpg")))).contains("empty.jpg: is empty");
    }

    @Test
    void unknownFile() {
        assertThat(error(Golden.FILES.resolve("not_an_image.png")))
                .contains(
                        "is not a picture that Sightline reads",
                        "Expected a PNG, JPEG, GIF, BMP, TIFF or WebP picture",
                        "Convert it to PNG or JPEG.");
    }

    @ParameterizedTest
    @CsvSource({
        "'0000ftypheic', a HEIC picture",
        "'0000ftypavif', an AVIF picture",
        "'%PDF-1.7', a PDF document",
        "'<svg xmlns', an SVG",
        "'8BPS', a Photoshop document"
    })
    void foreignFormatIsNamed(String start, String name) {
        assertThat(error(start.getBytes(StandardCharsets.ISO_8859_1))).contains("is " + name, "Convert it");
    }

    @Test
    void truncatedJpeg() {
        assertThat(error(Golden.FILES.resolve("truncated.jpg"))).contains("ends too early");
    }

    @Test
    void jpegWhoseScanIsCutButHasAnEndMarker() throws IOException {
        byte[] whole = Files.readAllBytes(Golden.FILES.resolve("s420.jpg"));
        byte[] cut = Arrays.copyOf(whole, whole.length / 2);
        cut[cut.length - 2] = (byte) 0xff;
        cut[cut.length - 1] = (byte) 0xd9;
        assertThat(error(cut)).contains("damaged JPEG picture", "premature end");
    }

    @Test
    void arithmeticCodingIsNamed() throws IOException {
        byte[] file = Files.readAllBytes(Golden.FILES.resolve("s444.jpg"));
        for (int i = 2; i < file.length; i++) {
            if ((file[i] & 0xff) == 0xff && (file[i + 1] & 0xff) == 0xc0) {
                file[i + 1] = (byte) 0xc9;
                break;
            }
        }
        assertThat(error(file)).contains("arithmetic coding", "Convert it");
    }

    @Test
    void pngWithAWrongCheckSumBeforeItsData() throws IOException {
        byte[] file = Files.readAllBytes(Golden.FILES.resolve("rgb.png"));
        file[29] ^= 1; // of the header
        assertThat(error(file)).contains("a checksum differs");
    }

    @Test
    void pngWithChangedDataIsFoundByTheirOwnCheckSum() throws IOException {
        byte[] file = Files.readAllBytes(Golden.FILES.resolve("rgb.png"));
        file[file.length - 17] ^= 1; // the last byte of the last chunk of data
        assertThat(error(file)).contains("damaged PNG picture (incorrect data check)");
    }

    @Test
    void pngWithHalfItsDataInSoundChunks() throws IOException {
        byte[] whole = Files.readAllBytes(Golden.FILES.resolve("rgb.png"));
        ByteBuffer file = ByteBuffer.wrap(whole);
        int data = 33; // after the header, the first chunk is IDAT
        assertThat(new String(whole, data + 4, 4, StandardCharsets.US_ASCII)).isEqualTo("IDAT");
        int half = file.getInt(data) / 2;
        CRC32 sum = new CRC32();
        sum.update(whole, data + 4, 4 + half);
        file.putInt(data, half).putInt(data + 8 + half, (int) sum.getValue());
        System.arraycopy(whole, whole.length - 12, whole, data + 12 + half, 12);
        assertThat(error(Arrays.copyOf(whole, data + 24 + half))).contains("ends too early");
    }

    @ParameterizedTest
    @CsvSource({"20000, 20000", "1, 178956971", "2147483647, 2147483647", "0, 5", "5, 0"})
    void absurdPngSizeIsRefusedUnread(int width, int height) {
        ByteBuffer file = ByteBuffer.allocate(33);
        file.putLong(0x89504e470d0a1a0aL).putInt(13).put("IHDR".getBytes(StandardCharsets.US_ASCII));
        file.putInt(width).putInt(height).put(new byte[] {8, 2, 0, 0, 0});
        CRC32 sum = new CRC32();
        sum.update(file.array(), 12, 17);
        file.putInt((int) sum.getValue());
        assertThat(error(file.array())).contains("declares", width + " x " + height + " pixels");
    }

    @Test
    void absurdBmpGifAndWebpSizes() {
        ByteBuffer bmp = ByteBuffer.allocate(60).order(ByteOrder.LITTLE_ENDIAN);
        bmp.put(0, (byte) 'B').put(1, (byte) 'M').putInt(10, 54).putInt(14, 40);
        bmp.putInt(18, 100_000).putInt(22, -100_000).putShort(28, (short) 24);
        assertThat(error(bmp.array())).contains("declares 100000 x 100000 pixels");

        ByteBuffer gif = ByteBuffer.allocate(40).order(ByteOrder.LITTLE_ENDIAN);
        gif.put("GIF89a".getBytes(StandardCharsets.US_ASCII))
                .putShort((short) -1)
                .putShort((short) -1);
        gif.put(13, (byte) ',').putShort(18, (short) 1).putShort(20, (short) 1);
        assertThat(error(gif.array())).contains("declares 65535 x 65535 pixels");

        ByteBuffer webp = ByteBuffer.allocate(40).order(ByteOrder.LITTLE_ENDIAN);
        webp.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(32);
        webp.put("WEBPVP8X".getBytes(StandardCharsets.US_ASCII))
                .putInt(10)
                .putInt(0)
                .put(new byte[] {-1, -1, -1, -1});
        webp.put(new byte[] {-1, -1});
        assertThat(error(webp.array())).contains("declares 16777216 x 16777216 pixels");
    }

    private static String error(Path file) {
        return catchThrowableOfType(InputException.class, () -> PictureReader.read(file))
                .getMessage();
    }

    private static String error(byte[] file) {
        return catchThrowableOfType(InputException.class, () -> PictureReader.read(file, "given"))
                .getMessage();
    }
}
