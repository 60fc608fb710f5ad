package sightline.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sightline.knockout.Interventions;
import sightline.knockout.Masking;
import sightline.knockout.RowReading;
import sightline.sweep.Strategy;
import sightline.text.PromptFormat;

/** Nothing that a user can ask for is missing in {@code docs/trust.md}, and what it says is proved has its test. */
class TrustTest {
    private static final Path ROOT = Path.of(System.getProperty("basedir")).getParent();
    private static final List<String> COMMANDS = List.of(
            "ask",
            "answer",
            "score",
            "select",
            "trace",
            "report",
            "study",
            "check",
            "cuda",
            "demo",
            "train-demo",
            "bench");

    private static TrustTable table;

    @BeforeAll
    static void read() throws IOException {
        table = TrustTable.read();
    }

    @Test
    void everythingThatCanBeAskedForHasOneRow() {
        Set<String> there = there();
        Map<String, String> rows = new HashMap<>();
        List<String> patterns = new ArrayList<>();
        for (TrustTable.Row row : table.rows()) {
            for (String cover : row.covers()) {
                if (cover.contains("*")) {
                    patterns.add(cover);
                } else {
                    assertThat(there)
                            .as("row '%s' covers what there is", row.title())
                            .contains(cover);
                    assertThat(rows.put(cover, row.title()))
                            .as("%s stands once", cover)
                            .isNull();
                }
            }
        }
        Set<String> used = new TreeSet<>();
        for (String name : there) {
            Optional<String> pattern =
                    patterns.stream().filter(each -> matches(each, name)).findFirst();
            assertThat(rows.containsKey(name) || pattern.isPresent())
                    .as("%s has a row in trust/rows.txt", name)
                    .isTrue();
            pattern.ifPresent(used::add);
        }
        assertThat(used).containsExactlyInAnyOrderElementsOf(patterns);
    }

    private static boolean matches(String pattern, String name) {
        return name.matches(Pattern.quote(pattern).replace("*", "\\E.*\\Q"));
    }

    private static Set<String> there() {
        Set<String> there = new TreeSet<>();
        Interventions.names().forEach(name -> there.add("pathway:" + name));
        names(there, "masking", Masking.values());
        names(there, "rows", RowReading.values());
        names(there, "strategy", Strategy.values());
        PromptFormat.names().forEach(name -> there.add("prompt:" + name));
        names(there, "picture", constants("sightline.image.PictureFormat"));
        names(there, "stored", constants("sightline.checkpoint.StoredType"));
        choices(there, "dtype", "ask", "--dtype", "auto, float32");
        choices(there, "metric", "score", "--metric", "paper, official");
        choices(there, "device", "ask", "--device", "auto, cpu");
        choices(there, "device", "trace", "--device", "auto, cpu");
        for (String command : COMMANDS) {
            options(there, CommandRun.of(command, "--help").out());
        }
        options(there, CommandRun.of("bench", "checkpoint", "--help").out());
        return there;
    }

    private static void names(Set<String> there, String kind, Object[] constants) {
        for (Object constant : constants) {
            boolean type = kind.equals("picture") || kind.equals("stored");
            String name = type ? ((Enum<?>) constant).name() : constant.toString();
            there.add(kind + ":" + name);
        }
    }

    private static Object[] constants(String type) {
        try {
            return Class.forName(type).getEnumConstants();
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    /** The values of an option, from what a wrong one is told to expect. */
    private static void choices(Set<String> there, String kind, String command, String option, String some) {
        String needed =
                switch (command) {
                    case "ask" -> "--model m --image i --question q";
                    case "trace" -> "vqav2 a.json --model m --images i --out o";
                    default -> "vqav2 a.json --out o.json";
                };
        String line = command + " " + needed + " " + option + " sightline-no-such-value";
        String told = CommandRun.of(line.split(" ")).err();
        assertThat(told).contains("Expected").contains(some);
        String list =
                told.substring(told.indexOf("Expected ") + "Expected ".length()).replaceFirst("^one of ", "");
        for (String name : list.substring(0, list.indexOf('.')).split(", | or ", -1)) {
            there.add(kind + ":" + name.strip().toLowerCase(Locale.ROOT));
        }
    }

    private static void options(Set<String> there, String help) {
        Pattern.compile("(?<![\\w-])--[a-z][a-z_-]*").matcher(help).results().forEach(found -> {
            there.add("option:" + found.group());
        });
    }

    @Test
    void everyProofIsATestAndEveryTestIsUsed() throws IOException {
        Set<String> used = new TreeSet<>();
        for (TrustTable.Row row : table.rows()) {
            if (row.changesNumbers()) {
                assertThat(row.cells()).as(row.title()).hasSize(row.oneColumn() ? 1 : TrustTable.COLUMNS.size());
                row.cells().forEach(cell -> used.addAll(TrustTable.proofs(cell)));
            }
        }
        assertThat(used).containsExactlyInAnyOrderElementsOf(table.proofs().keySet());
        for (TrustTable.Proof proof : table.proofs().values()) {
            assertThat(isTest(source(proof.testClass()), proof.method()))
                    .as("%s is a test", proof.test())
                    .isTrue();
        }
    }

    /** Whether a method has an annotation of a test between it and the blank line above. */
    private static boolean isTest(List<String> source, String method) {
        boolean test = false;
        for (String line : source) {
            test = !line.isBlank() && (test || line.strip().matches("@(Test|ParameterizedTest|Property)\\b.*"));
            if (test && line.contains(" void " + method + "(")) {
                return true;
            }
        }
        return false;
    }

    private static List<String> source(String testClass) throws IOException {
        String path = "sightline/" + testClass.replace('.', '/') + ".java";
        try (Stream<Path> modules = Files.list(ROOT)) {
            Path file = modules.map(module -> module.resolve("src/test/java").resolve(path))
                    .filter(Files::exists)
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("there is no test " + testClass));
            return Files.readAllLines(file);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ask --image i.png --question Why? --device cuda",
                "ask --image i.png --question Why? --device cuda:1",
                "trace vqav2 a.json --images i --out o --device cuda:0,cuda:1",
                "trace vqav2 a.json --images i --out o --device cuda:all",
                "bench --shapes tiny --device cuda"
            })
    void withoutACardCudaIsRefused(String command) {
        Assumptions.assumeFalse(torch.cuda_is_available(), "this machine has a card");
        List<String> line = new ArrayList<>(List.of(command.split(" ")));
        if (!command.startsWith("bench")) {
            line.addAll(List.of("--model", CommandRun.TINY10));
        }
        CommandRun run = CommandRun.of(line.toArray(String[]::new));
        assertThat(run.status()).isNotZero();
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines()).hasSize(1).first().asString().startsWith("sightline: --device: ");
    }

    @Test
    void thePageIsThisTable() throws IOException {
        Path made = Files.writeString(Path.of("target/trust.md"), table.page());
        assertThat(ROOT.resolve("docs/trust.md"))
                .as("docs/trust.md is out of date: cp app/%s docs/trust.md", made)
                .hasContent(table.page());
    }
}
