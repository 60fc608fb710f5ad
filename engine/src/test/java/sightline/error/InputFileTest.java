package sightline.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import sightline.checkpoint.SafetensorsFile;
import sightline.family.Families;
import sightline.image.ImageProcessorConfig;
import sightline.image.PictureReader;
import sightline.tensor.MappedFile;
import sightline.text.LlamaTokenizer;

/** What is no regular file is refused before it is opened. */
@DisabledOnOs(OS.WINDOWS)
class InputFileTest {
    private static final String REFUSED =
            ": is a pipe, a socket or a device. Expected a regular file, or a link to one. ";

    @TempDir
    Path folder;

    /** Opening one of these to read it would wait for a writer that never comes. */
    static Path pipe(Path file) throws Exception {
        assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor())
                .isZero();
        return file;
    }

    private static void assertRefused(Path file, ThrowingCallable reading) {
        assertThatThrownBy(reading)
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith(file + REFUSED)
                .hasMessageNotContaining("\n");
    }

    @Test
    void pipesSocketsAndDevicesAreRefused() throws Exception {
        Path pipe = pipe(folder.resolve("pipe.png"));
        Path link = Files.createSymbolicLink(folder.resolve("link.png"), pipe);
        assertRefused(pipe, () -> InputFile.regular(pipe));
        assertRefused(link, () -> InputFile.regular(link));
        for (String device : new String[] {"/dev/null", "/dev/zero", "/dev/random"}) {
            assertRefused(Path.of(device), () -> InputFile.regular(Path.of(device)));
        }
        // A socket's name must be short; the folder for temporary files may be long.
        Path socket = Path.of("target", "s" + ProcessHandle.current().pid() + ".png");
        assumeThat(socket.toAbsolutePath().toString().length()).isLessThan(100);
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            assertRefused(socket, () -> InputFile.regular(socket));
        } finally {
            Files.deleteIfExists(socket);
        }
    }

    @Test
    void filesLinksAndWhatOpeningExplainsBetterPass() throws IOException {
        Path file = Files.writeString(folder.resolve("a.json"), "{}");
        Path link = Files.createSymbolicLink(folder.resolve("l.json"), file);
        Path dangling = Files.createSymbolicLink(folder.resolve("d.json"), folder.resolve("none"));
        for (Path passed : new Path[] {file, link, dangling, folder, folder.resolve("missing")}) {
            assertThat(InputFile.regular(passed)).isEqualTo(passed);
        }
    }

    static Stream<Arguments> readers() {
        return Stream.of(
                reader("picture.png", PictureReader::read),
                reader("model.safetensors", SafetensorsFile::open),
                reader("model.bin", file -> MappedFile.open(file, 1)),
                reader("config.json", file -> Families.open(file.getParent())),
                reader("preprocessor_config.json", file -> ImageProcessorConfig.read(file)),
                reader("tokenizer.json", file -> LlamaTokenizer.load(file.getParent())));
    }

    private static Arguments reader(String name, Consumer<Path> read) {
        return Arguments.of(name, read);
    }

    /** The device is there so that this test fails, rather than waits, where a reader does not ask. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("readers")
    void everyReaderAsksFirst(String name, Consumer<Path> read) throws Exception {
        Path device = Files.createSymbolicLink(folder.resolve(name), Path.of("/dev/null"));
        assertRefused(device, () -> read.accept(device));
        Files.delete(device);
        Path pipe = pipe(folder.resolve(name));
        assertRefused(pipe, () -> read.accept(pipe));
    }
}
