package sightline.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Wrong inputs of every kind, each answered by one clear line, none of which costs anybody a file. The table is
 * {@code bad/inputs.txt}: exit status, command line, what the line must say.
 */
class BadInputTest {
    private static final Map<String, String> SHORT = Map.of(
            "ASK", "ask --model @model --image @image.png --question Why?",
            "LLAVA", "ask --model @llava/whole --image @image.png --question Why?",
            "TRACE", "trace vqav2 @filtered.json --model @model --images @images --k 1 --out @new",
            "ANSWER",
                    "answer vqav2 --model @model --images @images --annotations @annotations.json --questions"
                            + " @questions.json --out @new.json",
            "STUDY",
                    "study vqav2 --model @model --images @images --annotations @annotations.json --questions"
                            + " @questions.json --out @new",
            "SCORE", "score vqav2 @answers.json --out @new.json",
            "SELECT",
                    "select vqav2 @correct.json --annotations @annotations.json --questions @questions.json --out @new",
            "REPORT", "report @run --out @new");

    @TempDir
    static Path folder;

    private static BadFiles files;
    private static Map<String, String> contents;
    private static Map<String, String> looks;

    /**
     * A row of the table.
     *
     * @param status the exit status
     * @param line the command line
     * @param says what its one line on stderr holds
     */
    record Row(int status, String line, List<String> says) {
        @Override
        public String toString() {
            return line;
        }
    }

    @BeforeAll
    static void make() throws IOException {
        files = BadFiles.make(folder.toRealPath());
        contents = files.contents();
        looks = files.looks();
    }

    @AfterAll
    static void nothingIsLost() throws IOException {
        assertThat(files.contents()).containsAllEntriesOf(contents);
    }

    static List<Row> rows() throws IOException {
        List<Row> rows = new ArrayList<>();
        try (InputStream in = BadInputTest.class.getResourceAsStream("/bad/inputs.txt")) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    String[] cells = line.split(" \\| ", -1);
                    rows.addAll(rows(cells[0], cells[1], cells[2]));
                }
            }
        }
        return rows;
    }

    /** A row, or one for each kind of wrong JSON where the line has KIND. */
    private static List<Row> rows(String status, String line, String says) {
        Stream<String> lines = line.contains("KIND")
                ? BadFiles.JSON_KINDS.keySet().stream().map(kind -> line.replace("KIND", kind))
                : Stream.of(line);
        return lines.map(each -> new Row(
                        Integer.parseInt(status.strip()),
                        each.strip(),
                        List.of(says.strip().split(" ; "))))
                .toList();
    }

    private static String[] arguments(String line) {
        String first = line.split(" ", 2)[0];
        String whole = SHORT.containsKey(first) ? SHORT.get(first) + line.substring(first.length()) : line;
        return Arrays.stream(whole.split(" ")).map(BadInputTest::argument).toArray(String[]::new);
    }

    private static String argument(String word) {
        String text = word.replace("\\e", "\u001b").replace("\\n", "\n").replace("\\_", " ");
        return text.equals("''")
                ? ""
                : text.startsWith("@") ? files.at(text.substring(1)).toString() : text;
    }

    @ParameterizedTest
    @MethodSource("rows")
    void isOneClearLine(Row row) throws IOException {
        CommandRun run = CommandRun.of(arguments(row.line()));

        List<String> lines = run.err().lines().toList();
        assertThat(lines).as(run.err()).hasSize(1);
        String said = lines.get(0);
        assertThat(said)
                .startsWith("sightline: ")
                .matches("[^\\p{Cntrl}\\u202e]*")
                .endsWith(".");
        assertThat(said).doesNotContain("Exception", "Error:", "java.", "failed: ", "\tat ");
        assertThat(said).contains(row.says());
        assertThat(run.status()).as(said).isEqualTo(row.status());
        if (!row.line().startsWith("check ")) { // whose result is a report of what is there
            assertThat(run.out()).isEmpty();
        }
        assertThat(files.looks()).as(said).isEqualTo(looks);
    }

    @Test
    void thereAreTwoHundredAtLeast() throws IOException {
        assertThat(rows().stream().map(Row::toString).distinct().count()).isGreaterThanOrEqualTo(200);
    }
}
