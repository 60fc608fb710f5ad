package sightline.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sightline.error.InputException;

class WholeFileTest {
    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(folder.resolve("file"), "old");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void assertAlone(String content) {
        assertThat(file).hasContent(content);
        assertThat(folder).isDirectoryNotContaining(other -> !other.equals(file));
    }

    @Test
    void replacesWhatWasThere() {
        WholeFile.write(file, out -> out.write(bytes("new")));
        assertAlone("new");
        WholeFile.make(file, partial -> Files.writeString(partial, "made"));
        assertAlone("made");
    }

    @Test
    void ifWritingFailsTheOldStays() {
        assertThatThrownBy(() -> WholeFile.write(file, out -> {
                    out.write(bytes("half"));
                    throw new IOException("no room");
                }))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("file: cannot be written: no room");
        assertAlone("old");
        assertThatThrownBy(() -> WholeFile.write(file, out -> {
                    out.write(bytes("half"));
                    throw new IllegalStateException("a fault");
                }))
                .hasMessage("a fault");
        assertAlone("old");
        assertThatThrownBy(() -> WholeFile.make(file, partial -> {
                    Files.writeString(partial, "half");
                    throw new IOException("no room");
                }))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("file: cannot be written: no room");
        assertAlone("old");
    }

    @Test
    void unfinishedTheOldStays() {
        try (WholeFile whole = WholeFile.begin(file)) {
            whole.write(new byte[1 << 20]); // more than is held back
            assertThat(WholeFile.partial(file)).exists();
            assertThat(file).hasContent("old");
        }
        assertAlone("old");
        try (WholeFile whole = WholeFile.begin(file)) {
            whole.write(bytes("new"));
            whole.finish();
        }
        assertAlone("new");
    }

    private static void refused(Path file, String says) {
        for (Consumer<Path> write : List.<Consumer<Path>>of(
                path -> WholeFile.write(path, out -> out.write(1)),
                path -> WholeFile.make(path, partial -> Files.writeString(partial, "made")))) {
            assertThatThrownBy(() -> write.accept(file))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining(says);
        }
    }

    @Test
    void aLinkStaysAndWhatItLeadsToIsReplaced() throws IOException {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Path target = Files.writeString(elsewhere.resolve("target"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("link"), target);
        WholeFile.write(link, out -> out.write(bytes("new")));
        assertThat(link).isSymbolicLink();
        assertThat(target).hasContent("new");
        WholeFile.make(link, partial -> Files.writeString(partial, "made"));
        assertThat(link).isSymbolicLink();
        assertThat(target).hasContent("made");
        assertThat(elsewhere).isDirectoryNotContaining(other -> !other.equals(target));
    }

    @Test
    void whatIsNoRegularFileIsNotReplaced() throws IOException, InterruptedException {
        Path dangling = Files.createSymbolicLink(folder.resolve("dangling"), folder.resolve("nowhere"));
        refused(dangling, "dangling: is a link to something that does not exist");
        assertThat(dangling).isSymbolicLink();
        assertThat(folder.resolve("nowhere")).doesNotExist();
        Path loop = Files.createSymbolicLink(folder.resolve("loop"), folder.resolve("loop"));
        refused(loop, "loop: ");
        refused(folder, "is a folder");
        refused(file.resolve("inside"), "lies in a file, not in a folder");
        refused(folder.resolve("none/file"), "its folder does not exist");
        Path pipe = folder.resolve("pipe");
        Process made = new ProcessBuilder("mkfifo", pipe.toString()).start();
        assumeTrue(made.waitFor() == 0, "mkfifo makes a pipe");
        refused(pipe, "pipe: is a device, a pipe or a socket");
        refused(Files.createSymbolicLink(folder.resolve("to pipe"), pipe), "is a device, a pipe or a socket");
        assertThat(Files.readAttributes(pipe, BasicFileAttributes.class).isOther())
                .isTrue();
    }

    @Test
    void aWriteProtectedFileIsNotReplaced() throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
        assumeTrue(!Files.isWritable(file), "not as root, whom no file is protected from");
        refused(file, "file: is write-protected");
        assertAlone("old");
    }

    @Test
    void aLinkAsPartialFileIsNotFollowed() throws IOException {
        Path mine = Files.writeString(folder.resolve("mine"), "mine");
        Files.createSymbolicLink(WholeFile.partial(file), mine);
        WholeFile.write(file, out -> out.write(bytes("new")));
        assertThat(mine).hasContent("mine");
        assertThat(file).hasContent("new");
    }
}
