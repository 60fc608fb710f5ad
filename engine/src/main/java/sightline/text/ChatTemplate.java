package sightline.text;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sightline.error.InputException;
import sightline.template.Template;
import sightline.template.TemplateException;

/**
 * The checkpoint's own chat template, rendered as the reference renders it or refused.
 *
 * <p>Templates see {@code messages}, {@code tools} and {@code documents} (none unless the caller adds them), {@code
 * add_generation_prompt}, the special tokens of the tokeniser ({@code bos_token}, ...) and whatever variables the caller
 * adds. A prompt must not depend on the day it was traced: {@code strftime_now} is defined as in the reference, but a
 * template that prints what it gives is refused. May be used by several threads.
 */
public final class ChatTemplate {
    /** Names that the reference defines for some tokenisers, and no file that is read here. */
    private static final List<String> UNREAD =
            List.of("sep_token", "cls_token", "mask_token", "additional_special_tokens");

    private final Path file;
    private final Template template;
    private final Map<String, String> tokens;

    private ChatTemplate(Path file, Template template, Map<String, String> tokens) {
        this.file = file;
        this.template = template;
        this.tokens = tokens;
    }

    /**
     * Finds and checks the template of a checkpoint: {@code chat_template.jinja}, else the field of {@code
     * chat_template.json}, {@code processor_config.json} or {@code tokenizer_config.json}.
     *
     * @throws InputException if there is none, a file is broken, the template's syntax is wrong or beyond what is
     *     supported, or it needs a begin token that no file names
     */
    public static ChatTemplate load(Path checkpoint) {
        return load(checkpoint, Optional.empty());
    }

    /**
     * The same with a template given in place of the checkpoint's; its tokens stay the checkpoint's.
     *
     * @param given a template's file, or a JSON file or folder that has one
     */
    public static ChatTemplate load(Path checkpoint, Optional<Path> given) {
        TemplateSource source = TemplateSource.find(checkpoint, given);
        if (source.text().contains("bos_token") && !source.tokens().containsKey("bos_token")) {
            throw new InputException(
                    checkpoint.toString(),
                    "the chat template writes bos_token, but no file says which token that is",
                    "\"bos_token\" in tokenizer_config.json or special_tokens_map.json",
                    "Check that the checkpoint is complete");
        }
        return of(source);
    }

    /**
     * The source of a template that is given in place of a checkpoint's.
     *
     * @param given as for {@link #load(Path, Optional)}
     * @throws InputException if there is none or a file is broken
     */
    public static String text(Path given) {
        return TemplateSource.given(given).text();
    }

    static ChatTemplate of(TemplateSource source) {
        Template template;
        try {
            template = Template.parse(source.text());
        } catch (TemplateException e) {
            throw failed(source.file(), e);
        }
        for (String name : UNREAD) {
            if (template.variables().contains(name) && !source.tokens().containsKey(name)) {
                throw broken(source.file(), "it uses '" + name + "', which is not read here", null);
            }
        }
        return new ChatTemplate(source.file(), template, source.tokens());
    }

    /**
     * Writes a conversation as the model was trained to read it.
     *
     * @param messages in order; each with {@code role} and {@code content}, the latter a string or a list of parts such
     *     as {@code {type: image}} and {@code {type: text, text: ...}}
     * @param addGenerationPrompt whether the header of the answer is added
     * @param variables further variables, such as {@code tools} or {@code date_string}
     * @throws InputException if the template raises an exception or cannot be rendered; naming its file
     */
    public String render(
            List<Map<String, Object>> messages, boolean addGenerationPrompt, Map<String, Object> variables) {
        Map<String, Object> all = new HashMap<>(tokens);
        all.put("tools", null);
        all.put("documents", null);
        all.putAll(variables);
        all.put("messages", messages);
        all.put("add_generation_prompt", addGenerationPrompt);
        try {
            return template.render(all);
        } catch (TemplateException e) {
            throw failed(file, e);
        }
    }

    /** The file that the template came from. */
    Path file() {
        return file;
    }

    private static InputException failed(Path file, TemplateException e) {
        if (e.raised()) {
            return new InputException(
                    file.toString(),
                    "the chat template says: " + withoutStop(e.getMessage()),
                    "",
                    "Change what is asked accordingly",
                    e);
        }
        return broken(file, e.getMessage() + " (line " + e.line() + ")", e);
    }

    private static InputException broken(Path file, String problem, Throwable cause) {
        return new InputException(
                file.toString(),
                "the chat template cannot be used: " + withoutStop(problem),
                "a Jinja template",
                "Compare the file with the published one; if they agree, docs/templates.md lists what may stand in one",
                cause);
    }

    private static String withoutStop(String clause) {
        return clause.endsWith(".") ? clause.substring(0, clause.length() - 1) : clause;
    }
}
