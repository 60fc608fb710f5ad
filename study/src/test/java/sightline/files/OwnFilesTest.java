package sightline.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sightline.error.InputException;

class OwnFilesTest {
    @TempDir
    private Path folder;

    private static void write(OwnFiles own, Path file, String text) {
        WholeFile.write(file, own, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    private Path in(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return file;
    }

    @Test
    void whatWeWroteMayBeReplacedUntilSomebodyEditsIt() throws IOException {
        Path file = in("a/file");
        try (OwnFiles own = OwnFiles.in(folder)) {
            write(own, file, "one");
            write(own, file, "two");
        }
        try (OwnFiles later = OwnFiles.in(folder)) {
            write(later, file, "three");
            assertThat(file).hasContent("three");
            Files.writeString(file, "edit!"); // of the same length
            assertThatThrownBy(() -> write(later, file, "four"))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("a/file: was changed since Sightline wrote it");
        }
        assertThat(file).hasContent("edit!");
        assertThat(folder.resolve("a")).isDirectoryNotContaining(other -> !other.equals(file));
    }

    @Test
    void whatWeDidNotWriteIsNotOverwritten() throws IOException {
        Path mine = Files.writeString(in("mine"), "mine");
        try (OwnFiles own = OwnFiles.in(folder)) {
            assertThatThrownBy(() -> write(own, mine, "ours"))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("mine: would be overwritten, and no list says that Sightline wrote it");
            assertThatThrownBy(() -> WholeFile.make(mine, own, partial -> Files.writeString(partial, "ours")))
                    .isInstanceOf(InputException.class);
            assertThatThrownBy(() -> own.delete(mine)).isInstanceOf(InputException.class);
        }
        assertThat(mine).hasContent("mine");
        assertThat(folder).isDirectoryNotContaining(other -> !other.equals(mine));
    }

    @Test
    void deletesWhatIsOursAndNothingElse() throws IOException {
        try (OwnFiles own = OwnFiles.in(folder)) {
            for (String name : List.of("top", "a/b/ours", "a/edited", "c/ours")) {
                write(own, in(name), name);
            }
            Files.writeString(folder.resolve("a/edited"), "edited");
            Files.writeString(folder.resolve("a/mine"), "mine");
            Files.writeString(folder.resolve("a/.ours.partial"), "of a kill");
            assertThat(own.firstForeign(folder, file -> false)).contains(folder.resolve("a/edited"));
            own.deleteAll();
        }
        try (var left = Files.walk(folder)) {
            assertThat(left.filter(Files::isRegularFile))
                    .containsExactlyInAnyOrder(
                            folder.resolve("a/edited"), folder.resolve("a/mine"), folder.resolve("a/.ours.partial"));
        }
        assertThat(folder.resolve("c")).doesNotExist();
        assertThat(folder.resolve("a/b")).doesNotExist();
    }

    @Test
    void whatIsKeptIsListedOnOnce() throws IOException {
        try (OwnFiles own = OwnFiles.in(folder)) {
            write(own, in("kept"), "old");
            write(own, folder.resolve("kept"), "new");
            write(own, in("a/gone"), "gone");
            own.deleteAllBut(List.of(folder.resolve("kept")));
            write(own, in("a/later"), "later");
        }
        assertThat(folder.resolve("a/gone")).doesNotExist();
        assertThat(Files.readAllLines(folder.resolve(OwnFiles.LIST)).stream().filter(line -> !line.isBlank()))
                .hasSize(2);
        try (OwnFiles own = OwnFiles.in(folder)) {
            own.requireOwn(folder.resolve("kept"));
            own.requireOwn(folder.resolve("a/later"));
        }
    }

    /** Listed before it gets its name: whatever moment a kill comes at, no file of ours looks like somebody else's. */
    @Test
    void aFileIsListedBeforeItIsThere() throws IOException {
        Path file = in("file");
        Path list = folder.resolve(OwnFiles.LIST);
        try (OwnFiles own = OwnFiles.in(folder)) {
            write(own, file, "one");
            Files.delete(file);
            Files.createDirectories(file.resolve("in the way")); // of its name, which it gets last
            own.add(file, new WrittenList.Content(3, "00"));
        }
        assertThat(Files.readString(list)).contains("\"sha256\":\"00\"");
        Files.delete(file.resolve("in the way"));
        Files.delete(file);
        assertThatCode(() -> {
                    try (OwnFiles later = OwnFiles.in(folder)) {
                        write(later, file, "again");
                    }
                })
                .doesNotThrowAnyException();
    }

    @Test
    void aBrokenListMakesItsFilesTheUsers() throws IOException {
        Path file = in("file");
        try (OwnFiles own = OwnFiles.in(folder)) {
            write(own, file, "one");
        }
        Path list = folder.resolve(OwnFiles.LIST);
        String line = Files.readString(list);
        Files.writeString(list, line.strip().substring(0, 30)); // as a kill leaves it
        try (OwnFiles own = OwnFiles.in(folder)) {
            assertThatThrownBy(() -> own.requireOwn(file)).isInstanceOf(InputException.class);
            write(own, in("other"), "two");
        }
        try (OwnFiles own = OwnFiles.in(folder)) {
            write(own, folder.resolve("other"), "three"); // the half line has not swallowed what came behind it
        }
        Files.writeString(list, line, StandardOpenOption.APPEND);
        try (OwnFiles own = OwnFiles.in(folder)) {
            own.requireOwn(file);
        }
    }

    @Test
    void aListCanNameNothingOutsideItsFolder() throws IOException {
        Path inner = Files.createDirectories(folder.resolve("inner"));
        Path outside = Files.writeString(folder.resolve("outside"), "x");
        String hash = FileHash.of(outside);
        String entries = "";
        for (String name : List.of("../outside", outside.toString(), "a/../../outside", "")) {
            entries += "{\"file\":\"" + name + "\",\"size\":1,\"sha256\":\"" + hash + "\"}\n";
        }
        Files.writeString(inner.resolve(OwnFiles.LIST), entries);
        try (OwnFiles own = OwnFiles.in(inner)) {
            own.deleteAll();
        }
        assertThat(outside).hasContent("x");
    }

    @Test
    void listsOfFoldersWithinCountWhereTheyAreAskedFor() throws IOException {
        Path report = in("report/page").getParent();
        try (OwnFiles own = OwnFiles.in(report)) {
            write(own, report.resolve("page"), "page");
        }
        try (OwnFiles all = OwnFiles.allIn(folder);
                OwnFiles alone = OwnFiles.in(folder)) {
            assertThat(all.firstForeign(folder, file -> false)).isEmpty();
            assertThat(alone.firstForeign(folder, file -> false)).isPresent();
            alone.deleteAll();
            assertThat(report.resolve("page")).exists();
            all.addAll(List.of(report, folder.resolve("none")));
            all.deleteAll();
        }
        assertThat(folder).isEmptyDirectory();
    }
}
