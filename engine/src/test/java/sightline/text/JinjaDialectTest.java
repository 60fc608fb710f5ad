package sightline.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Corners of Jinja in which jinjava alone differs. The expected results are those of Jinja 3.1.6. */
class JinjaDialectTest {
    private static String render(String template) {
        Map<String, Object> variables = Map.of("x", 1, "y", List.of("a", "b"), "z", true, "d", Map.of("k", "v"));
        return ChatTemplate.of(new TemplateSource(Path.of("t"), template, Map.of()))
                .render(List.of(), true, variables);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '"', textBlock = """
                    not x is defined ; B
                    not q is defined ; A
                    not x is none ; A
                    not x == 1 ; B
                    not x in y ; A
                    'a' not in y ; B
                    x is not none ; A
                    not 'a' in y or z ; A
                    not (x == 1) ; B
                    not y[0] is defined ; B
                    not not z ; A
                    not z and q ; B
                    not y|length == 2 ; B
                    not d.k == 'not in (' ; A
                    [not z, not x == 2][1] ; A
                    """)
    void notBindsLooselyAsInPython(String condition, String expected) {
        assertThat(render("{% if " + condition + " %}A{% else %}B{% endif %}")).isEqualTo(expected);
    }

    @Test
    void whiteSpaceIsSettledAsJinjaDoes() {
        assertThat(render("a\n  {# c #}\n  {%- if true -%}\n  b  \n {% endif %}\n c {{ 'd' }}\n\n"))
                .isEqualTo("a\nb  \n c d\n");
        assertThat(render("  {%+ if true %}\n a\n  {%+ endif +%}\nb")).isEqualTo("   a\n  \nb");
        assertThat(render("x \r\n{%- if true %}\r\ny{% endif %}")).isEqualTo("xy");
        assertThat(render("{ {{- 'x' }}} {% raw %}{{ no }}{% endraw %}\nx{%- raw -%}  {% y %} {%- endraw +%}\n z"))
                .isEqualTo("{x} {{ no }}x{% y %}\n z");
        assertThat(render("it's \\{{ 'x' }} \"q\" {{ 'isn\\'t' }}")).isEqualTo("it's \\x \"q\" isn't");
        assertThat(render("{{ '}}' }}{{ '{%' }}{{ {'a': {'b': 1}}['a']['b'] }}"))
                .isEqualTo("}}{%1");
    }

    @Test
    void jsonIsWrittenAsPythonDoes() {
        assertThat(PythonJson.write(Map.of("a", List.of(1, 1.0, 1e7, 0.25, true, "é\u0001\"/")), -1))
                .isEqualTo("{\"a\": [1, 1.0, 10000000.0, 0.25, true, \"é\\u0001\\\"/\"]}");
        assertThat(PythonJson.write(List.of(List.of(), Map.of(), List.of(1, 2)), 2))
                .isEqualTo("[\n  [],\n  {},\n  [\n    1,\n    2\n  ]\n]");
        assertThat(PythonJson.write(null, -1)).isEqualTo("null");
        assertThatThrownBy(() -> PythonJson.write(Double.NaN, -1)).hasMessageContaining("NaN");
    }

    @Test
    void methodsOfPythonThatTemplatesCall() {
        assertThat(render("{{ ' a\u00A0'.strip() }}{{ ' b'.lstrip() }}{{ 'c '.rstrip() }}{{ 'D'.lower() }}"))
                .isEqualTo("abcd");
        assertThat(render("{{ 'a,b'.split(',')[1] }}{{ 'a-b'.replace('-', '+') }}{{ 'xyz'[-1] }}{{ 'xyz'[0] }}"))
                .isEqualTo("ba+bzx");
        assertThat(render("{% if 'ab'.startswith('a') and not 'ab'.endswith('a') %}y{% endif %}"))
                .isEqualTo("y");
        assertThat(render("{{ d.get('k') }}{{ d.get('n', 'm') }}{% for a, b in d.items() %}{{ a }}{{ b }}{% endfor %}"))
                .isEqualTo("vmkv");
    }
}
