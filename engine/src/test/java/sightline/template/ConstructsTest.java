package sightline.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The table of constructs against Jinja2: {@code constructs.json} comes from {@code src/test/python/constructs.py},
 * {@code cases.json} from the inputs of strangers.
 */
class ConstructsTest {
    private static final JsonNode CONSTRUCTS = read("constructs.json");
    private static final JsonNode CASES = read("cases.json");
    private static final Pattern CODE = Pattern.compile("`` ?(.+?) ?``|`([^`]+)`");

    private static JsonNode read(String name) {
        try (InputStream in = ConstructsTest.class.getResourceAsStream("/templates/" + name)) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Stream<JsonNode> rows(JsonNode list, String field) {
        return StreamSupport.stream(list.spliterator(), false).filter(row -> row.has(field));
    }

    static Stream<JsonNode> allowed() {
        return rows(CONSTRUCTS.get("rows"), "expected");
    }

    static Stream<JsonNode> refused() {
        return rows(CONSTRUCTS.get("rows"), "refused");
    }

    static Stream<JsonNode> cases() {
        return StreamSupport.stream(CASES.get("cases").spliterator(), false);
    }

    private static String render(JsonNode template, JsonNode context) {
        Map<String, Object> variables = new ObjectMapper().convertValue(context, new TypeReference<>() {});
        return Template.parse(template.asText()).render(variables);
    }

    @ParameterizedTest
    @MethodSource("allowed")
    void rendersAsJinja2(JsonNode row) {
        assertThat(render(row.get("template"), CONSTRUCTS.get("context")))
                .isEqualTo(row.get("expected").asText());
    }

    @ParameterizedTest
    @MethodSource("refused")
    void isRefusedByName(JsonNode row) {
        assertThatExceptionOfType(TemplateException.class)
                .isThrownBy(() -> render(row.get("template"), CONSTRUCTS.get("context")))
                .withMessageContaining(row.get("refused").asText())
                .satisfies(e -> assertThat(e.getMessage()).doesNotContainPattern("[\\p{Cntrl}\\u2028\\u2029]"));
    }

    /** The one that is not equal depends on the day. */
    @ParameterizedTest
    @MethodSource("cases")
    void rendersAStrangersTemplate(JsonNode row) {
        if (row.get("name").asText().equals("date")) {
            assertThatExceptionOfType(TemplateException.class)
                    .isThrownBy(() -> render(row.get("template"), CASES.get("context")))
                    .withMessageContaining("strftime_now");
        } else {
            assertThat(render(row.get("template"), CASES.get("context")))
                    .isEqualTo(row.get("expected").asText());
        }
    }

    @Test
    void everyConstructHasARow() {
        Set<String> tested = new TreeSet<>();
        allowed().forEach(row -> tested.add(row.get("construct").asText()));
        Set<String> allowed = new TreeSet<>();
        Constructs.all().forEach(row -> allowed.add(withoutParameters(row)));
        assertThat(tested).isEqualTo(allowed);
    }

    private static String withoutParameters(String row) {
        return row.startsWith("syntax: ") ? row : row.replaceFirst("\\(.*", "");
    }

    @Test
    void everyKindOfExpressionIsWrittenDown() {
        assertThat(Constructs.SYNTAX.keySet()).containsExactlyInAnyOrder(Expr.class.getPermittedSubclasses());
    }

    @Test
    void thePageListsWhatIsAllowed() throws IOException {
        Set<String> listed = new TreeSet<>();
        for (String line : Files.readAllLines(Path.of("../docs/templates.md"))) {
            String[] cells = line.split("(?<!\\\\)\\|", -1);
            if (line.startsWith("| ") && cells.length == 4) {
                for (Matcher code = CODE.matcher(cells[2].replace("\\|", "|")); code.find(); ) {
                    String written = code.group(1) == null ? code.group(2) : code.group(1);
                    listed.add(cells[1].strip() + ": " + written);
                }
            }
        }
        assertThat(listed).isEqualTo(Constructs.all());
    }
}
