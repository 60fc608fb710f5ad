package sightline.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import sightline.error.InputException;

class ChatTemplateTest {
    private static final List<Map<String, Object>> ASK =
            List.of(Map.of("role", "user", "content", "a {{ 7 * 7 }} {% b"));

    @TempDir
    Path folder;

    static Stream<JsonNode> templates() {
        return Golden.each(Golden.text().get("templates"));
    }

    static Stream<JsonNode> withTools() {
        return Golden.each(Golden.text().get("with_tools"));
    }

    @ParameterizedTest
    @MethodSource("templates")
    void equalsTheReference(JsonNode golden) {
        ChatTemplate template = ChatTemplate.load(Golden.tiny10());
        var messages = Golden.messages(golden.get("messages"));
        boolean prompt = golden.get("add_generation_prompt").asBoolean();
        if (golden.has("raises")) {
            assertThatExceptionOfType(InputException.class)
                    .isThrownBy(() -> template.render(messages, prompt, Map.of()))
                    .withMessageContaining(golden.get("raises").asText())
                    .withMessageContaining("chat_template.json");
        } else {
            assertThat(template.render(messages, prompt, Map.of()))
                    .isEqualTo(golden.get("rendered").asText());
        }
    }

    @ParameterizedTest
    @MethodSource("withTools")
    void equalsTheReferenceWithTools(JsonNode golden) throws IOException {
        ChatTemplate template = load(
                "chat_template.jinja", Golden.text().get("template_with_tools").asText());
        Map<String, Object> variables = new HashMap<>();
        for (String name : List.of("tools", "date_string")) {
            if (golden.has(name)) {
                variables.put(name, Golden.JSON.convertValue(golden.get(name), Object.class));
            }
        }
        assertThat(template.render(Golden.messages(golden.get("messages")), true, variables))
                .isEqualTo(golden.get("rendered").asText());
    }

    private ChatTemplate load(String file, String content) throws IOException {
        Files.copy(Golden.tiny10().resolve("tokenizer_config.json"), folder.resolve("tokenizer_config.json"));
        Files.writeString(folder.resolve(file), content);
        return ChatTemplate.load(folder);
    }

    private String render(String template) throws IOException {
        return load("chat_template.jinja", template).render(ASK, true, Map.of());
    }

    @Test
    void bracesInAQuestionAreJustBraces() throws IOException {
        assertThat(render("{{ messages[0]['content'] }}\n\n")).isEqualTo("a {{ 7 * 7 }} {% b\n");
    }

    @Test
    void aFileOfItsOwnComesFirst() throws IOException {
        Files.writeString(folder.resolve("chat_template.json"), "{\"chat_template\": \"from json\"}");
        assertThat(render("from jinja")).isEqualTo("from jinja");
    }

    @Test
    void theFieldInTheTokenizersConfigurationWillDo() throws IOException {
        config("\"from config\"");
        assertThat(ChatTemplate.load(folder).render(ASK, true, Map.of())).isEqualTo("from config");
    }

    @Test
    void ofSeveralNamedTemplatesTheDefaultIsTaken() throws IOException {
        config(
                "[{\"name\": \"tool\", \"template\": \"t\"}, {\"name\": \"default\", \"template\": \"{{ bos_token }}d\"}]");
        assertThat(ChatTemplate.load(folder).render(ASK, true, Map.of())).isEqualTo("<s>d");
    }

    private void config(String template) throws IOException {
        Files.writeString(
                folder.resolve("tokenizer_config.json"),
                "{\"bos_token\": {\"content\": \"<s>\"}, \"eos_token\": null, \"chat_template\": " + template + "}");
    }

    @Test
    void noTemplateMeansABaseModel() throws IOException {
        ObjectNode config = (ObjectNode) Golden.read("tiny10/checkpoint/tokenizer_config.json");
        Files.writeString(folder.resolve("tokenizer_config.json"), config.toString());
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> ChatTemplate.load(folder))
                .withMessageContaining("base model")
                .withMessageContaining("-Instruct");
    }

    @Test
    void aTemplateThatNeedsAnUnknownBeginTokenIsRefused() throws IOException {
        Files.writeString(folder.resolve("chat_template.jinja"), "{{ bos_token }}x");
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> ChatTemplate.load(folder))
                .withMessageContaining("bos_token");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{% if %}x{% endif %}",
                "{% if true %}x",
                "{% for x in messages %}x",
                "{% endif %}",
                "{{ 'x }}",
                "{{ (1 }}",
                "{# x",
                "{% raw %}x",
                "{% nosuchtag %}",
                "{{ 'x' | nosuchfilter }}",
                "{{ nosuchfunction('x') }}",
                "{{ 'x' is nosuchtest }}",
                "{{ 'x'.nosuchmethod() }}",
                "{{ strftime_now('%Y') }}",
                "{{ 'x' | items }}",
                "{{ 1 + }}",
                "{{ strftime_now('%Y') ~ '' }}",
                "{{ sep_token }}",
                "{{ raise_exception('a\\nb\\r\\u001b[2Jc\\u2028d') }}",
                "{% include 'prompts.json' %}",
                "{% extends 'prompts.json' %}",
                "{% import 'prompts.json' as x %}",
            })
    void aBrokenTemplateIsNamed(String template) {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> render(template))
                .withMessageContaining("chat_template.jinja")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "\"x\"", "{\"chat_template\": 5}", "{\"chat_template\": [{\"name\": \"x\"}]}"})
    void aBrokenFileIsNamed(String json) {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> load("chat_template.json", json))
                .withMessageContaining("chat_template.json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{ ''.getClass() }}",
                "{{ ''['class'] }}",
                "{{ ''.class }}",
                "{{ messages.getClass().getClassLoader() }}",
                "{{ messages.class.name }}",
                "{{ ____int3rpr3t3r____.getConfig() }}",
                "{{ ____int3rpr3t3r____.config }}",
                "{{ loop.class }}{% for x in messages %}{{ loop.class }}{{ loop.getClass() }}{% endfor %}",
                "{{ ''.getBytes() }}",
                "{{ messages.stream() }}",
            })
    void aTemplateCannotReachJava(String template) {
        String output;
        try {
            output = render(template);
        } catch (InputException | IOException e) {
            assertThat(e).isInstanceOf(InputException.class);
            return;
        }
        assertThat(output).isEmpty();
    }

    /** The shape of published templates: optional variables, a system turn cut off, a namespace as flag, tools, dates. */
    private static final String PUBLISHED_SHAPE = """
            {{- bos_token }}
            {%- if own_tools is defined %}
                {%- set tools = own_tools %}
            {%- endif %}
            {%- if not date_string is defined %}
                {%- if strftime_now is defined %}
                    {%- set date_string = strftime_now("%d %b %Y") %}
                {%- else %}
                    {%- set date_string = "1 Feb 2003" %}
                {%- endif %}
            {%- endif %}
            {%- if not tools is defined %}
                {%- set tools = none %}
            {%- endif %}

            {#- A system turn, if there is one, is written first #}
            {%- if messages[0]['role'] == 'system' %}
                {%- set system = messages[0]['content']|trim %}
                {%- set messages = messages[1:] %}
            {%- else %}
                {%- set system = "" %}
            {%- endif %}

            {#- Look for pictures #}
            {% set seen = namespace(picture=false) %}
            {%- for message in messages %}
                {%- for part in message['content'] %}
                    {%- if part['type'] == 'image' %}
                        {%- set seen.picture = true %}
                    {%- endif %}
                {%- endfor %}
            {%- endfor %}
            {%- if seen.picture and not system == "" %}
                {{- raise_exception("No system turn with pictures.") }}
            {%- endif %}

            {%- if not seen.picture %}
                {{- "[system]\n" }}
                {%- if tools is not none %}
                    {{- "with tools\n" }}
                {%- endif %}
                {{- "Date: " + date_string + "\n" }}
                {{- system }}
                {{- "[end]" }}
            {%- endif %}
            {%- for message in messages %}
                {%- if not (message.role == 'tool' or 'calls' in message) %}
                    {{- '[' + message['role'] + ']\n' }}
                    {%- if message['content'] is string %}
                        {{- message['content'] }}
                    {%- else %}
                        {%- for part in message['content'] %}
                            {%- if part['type'] == 'image' %}
                                {{- '<|image|>' }}
                            {%- elif part['type'] == 'text' %}
                                {{- part['text'] }}
                            {%- endif %}
                        {%- endfor %}
                    {%- endif %}
                    {{- '[end]' }}
                {%- elif 'calls' in message %}
                    {%- if not message.calls|length == 1 %}
                        {{- raise_exception("One call at a time.") }}
                    {%- endif %}
                    {%- set call = message.calls[0].function %}
                    {{- '{"name": "' + call.name + '", ' }}
                    {{- '"parameters": ' }}
                    {{- call.arguments | tojson }}
                    {{- "}" }}
                {%- endif %}
            {%- endfor %}
            {%- if add_generation_prompt %}
                {{- '[assistant]\n' }}
            {%- endif %}
            """;

    @Test
    void readsTemplatesOfThePublishedShape() throws IOException {
        ChatTemplate template = load("chat_template.jinja", PUBLISHED_SHAPE);
        Map<String, Object> system = Map.of("role", "system", "content", " Be brief. ");
        Map<String, Object> picture = Map.of(
                "role", "user", "content", List.of(Map.of("type", "image"), Map.of("type", "text", "text", " q\n")));
        Map<String, Object> words = Map.of("role", "user", "content", "q");
        Map<String, Object> call = Map.of("role", "assistant", "calls", calls(1));

        assertThat(template.render(List.of(picture), true, Map.of()))
                .isEqualTo("<|begin_of_text|>[user]\n<|image|> q\n[end][assistant]\n");
        assertThat(template.render(List.of(system, words), false, Map.of("date_string", "1 Feb 2003")))
                .isEqualTo("<|begin_of_text|>[system]\nDate: 1 Feb 2003\nBe brief.[end][user]\nq[end]");
        assertThat(template.render(
                        List.of(words, call), false, Map.of("date_string", "today", "own_tools", List.of(1))))
                .isEqualTo("<|begin_of_text|>[system]\nwith tools\nDate: today\n[end][user]\nq[end]"
                        + "{\"name\": \"f\", \"parameters\": {\"a\": [1, true]}}");
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> template.render(List.of(system, words), false, Map.of()))
                .withMessageContaining("strftime_now")
                .withMessageContaining("line 44");
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> template.render(List.of(system, picture), true, Map.of()))
                .withMessageContaining("No system turn with pictures.");
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> template.render(
                        List.of(words, Map.of("role", "assistant", "calls", calls(2))),
                        true,
                        Map.of("date_string", "today")))
                .withMessageContaining("One call at a time.");
    }

    private static List<Object> calls(int count) {
        return Collections.nCopies(
                count, Map.of("function", Map.of("name", "f", "arguments", Map.of("a", List.of(1, true)))));
    }
}
