package sightline.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sightline.error.InputException;

class JournalTest {
    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("journal.jsonl");
    }

    private List<String> append(String... values) {
        List<String> before = new ArrayList<>();
        try (Journal journal =
                Journal.open(file, (entry, line) -> before.add(entry.get("v").textValue()))) {
            for (String value : values) {
                journal.append(json -> {
                    json.writeStartObject();
                    json.writeStringField("v", value);
                    json.writeEndObject();
                });
            }
        }
        return before;
    }

    private List<String> read() {
        List<String> values = new ArrayList<>();
        Journal.read(file, (entry, line) -> values.add(entry.get("v").textValue()));
        return values;
    }

    @Test
    void keepsEntriesInOrder() {
        assertThat(read()).as("no file, no entries").isEmpty();
        assertThat(append("a", "line\nbreak", "é")).isEmpty();
        assertThat(append("d")).containsExactly("a", "line\nbreak", "é");
        assertThat(read()).containsExactly("a", "line\nbreak", "é", "d");
    }

    @Test
    void aCutAtAnyByteCostsTheLastEntryAtMost() throws IOException {
        append("one", "two", "drei ü");
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length <= whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            String left = new String(whole, 0, length, StandardCharsets.UTF_8);
            long lines = left.chars().filter(c -> c == '\n').count();
            assertThat(read()).hasSize((int) lines);
            assertThat(append("next")).hasSize((int) lines);
            assertThat(read()).hasSize((int) lines + 1).endsWith("next");
        }
    }

    @Test
    void aTornLineOfZerosIsCutOff() throws IOException {
        append("one");
        Files.write(file, new byte[100], StandardOpenOption.APPEND);
        assertThat(append("two")).containsExactly("one");
        assertThat(read()).containsExactly("one", "two");
    }

    @Test
    void aWholeLineThatIsNoEntryIsToldWithItsNumber() throws IOException {
        for (String foreign : List.of("{\"v\":", "[1]", "", "{\"v\":\"a\",\"v\":\"b\"}", "{\"v\":NaN}")) {
            Files.writeString(file, "{\"v\":\"a\"}\n" + foreign + "\n{\"v\":\"b\"}\n");
            assertThatThrownBy(this::read)
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("journal.jsonl: line 2 is no JSON object");
            assertThatThrownBy(() -> append("c")).isInstanceOf(InputException.class);
            assertThat(file).content().startsWith("{\"v\":\"a\"}\n" + foreign + "\n{\"v\":\"b\"}\n");
        }
    }

    @Test
    void aFolderThatIsNotThereIsTold() {
        file = folder.resolve("none/journal.jsonl");
        assertThatThrownBy(() -> append("a"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("cannot be written");
    }
}
