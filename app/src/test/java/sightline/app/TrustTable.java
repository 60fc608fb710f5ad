package sightline.app;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is proved, refused or not tried, as {@code trust/rows.txt} and {@code trust/proofs.txt} have it. */
record TrustTable(Map<String, Proof> proofs, List<Row> rows) {
    /** The columns of rows whose numbers a model gives. */
    static final List<String> COLUMNS = List.of(
            "tiny, float32, naive",
            "tiny, float32, shared",
            "tiny, bfloat16, shared",
            "demo, float32, shared",
            "11B and 90B shapes",
            "any, CUDA");

    private static final Map<String, String> SECTIONS = new LinkedHashMap<>();

    static {
        SECTIONS.put("sweep", "Knockout");
        SECTIONS.put("answer", "Forward pass and answers");
        SECTIONS.put("input", "From files to tokens and tiles");
        SECTIONS.put("study", "Studies");
    }

    /** A test that shows something. */
    record Proof(String id, String test, String against, String tolerance) {
        String testClass() {
            return test.substring(0, test.lastIndexOf('.'));
        }

        String method() {
            return test.substring(test.lastIndexOf('.') + 1);
        }
    }

    /** What a user can ask for. */
    record Row(String section, String title, List<String> covers, List<String> cells) {
        boolean changesNumbers() {
            return !section.equals("none");
        }

        boolean oneColumn() {
            return section.equals("input") || section.equals("study");
        }
    }

    static TrustTable read() throws IOException {
        Map<String, Proof> proofs = new LinkedHashMap<>();
        for (List<String> cells : lines("proofs.txt")) {
            proofs.put(cells.get(0), new Proof(cells.get(0), cells.get(1), cells.get(2), cells.get(3)));
        }
        List<Row> rows = new ArrayList<>();
        for (List<String> cells : lines("rows.txt")) {
            List<String> covers =
                    cells.get(2).equals("-") ? List.of() : List.of(cells.get(2).split(" "));
            rows.add(new Row(cells.get(0), cells.get(1), covers, cells.subList(3, cells.size())));
        }
        return new TrustTable(proofs, rows);
    }

    private static List<List<String>> lines(String name) throws IOException {
        try (InputStream in = TrustTable.class.getResourceAsStream("/trust/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> Arrays.stream(line.split("\\|", -1))
                            .map(String::strip)
                            .toList())
                    .toList();
        }
    }

    /** The proofs that a cell names. */
    static List<String> proofs(String cell) {
        return cell.equals("-")
                ? List.of()
                : List.of(cell.replace("refused ", "").split(" "));
    }

    /** {@code docs/trust.md}. */
    String page() {
        StringBuilder page = new StringBuilder("""
                # What is proved

                `TrustTest` makes this page and fails where it no longer holds: every pathway, masking, row reading, wording, picture format, number format, metric and option stands in exactly one row. A cell names the tests that prove it ([below](#proofs)); *refused* means that Sightline says so in one line instead of giving a number; a dash means **not tried**: no test holds those numbers to anything.

                `tiny`: random checkpoints of 7 to 40 layers in the true layout, and random models without files. `demo`: the trained model of `./sightline demo`, 15 layers. A proof of a cut first shows that the cut moves a probability.
                """);
        SECTIONS.forEach((section, title) -> {
            page.append("\n## ").append(title).append('\n');
            List<Row> mine =
                    rows.stream().filter(row -> row.section().equals(section)).toList();
            boolean one = mine.get(0).oneColumn();
            List<String> columns = one ? List.of("") : COLUMNS;
            page.append("| | ").append(String.join(" | ", columns)).append(" |\n|");
            page.append("---|".repeat(columns.size() + 1)).append('\n');
            for (Row row : mine) {
                page.append("| ").append(row.title().replace("*", "\\*"));
                row.cells().forEach(cell -> page.append(" | ").append(shown(cell)));
                page.append(" |\n");
            }
        });
        page.append("""

                No test runs on a graphics card, and no reference numbers exist for the published weights' sizes. Random checkpoints of the 11B's size were traced ([performance.md](performance.md)), which proves speed and memory, not numbers.

                ## Proofs
                | | test | against | tolerance |
                |---|---|---|---|
                """);
        proofs.values().forEach(proof -> page.append("| ")
                .append(String.join(" | ", proof.id(), "`" + proof.test() + "`", proof.against(), proof.tolerance()))
                .append(" |\n"));
        page.append("\nOptions that change no number: ");
        List<String> idle = rows.stream()
                .filter(row -> !row.changesNumbers())
                .flatMap(row -> row.covers().stream())
                .map(cover -> "`" + cover.substring("option:".length()) + "`")
                .sorted()
                .toList();
        return page.append(String.join(", ", idle)).append(".\n").toString();
    }

    private static String shown(String cell) {
        return cell.equals("-") ? "–" : cell.replace(" ", ", ").replace("refused, ", "*refused* ");
    }
}
