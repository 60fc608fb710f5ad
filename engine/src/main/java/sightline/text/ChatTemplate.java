package sightline.text;

import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.interpret.RenderResult;
import com.hubspot.jinjava.interpret.TemplateError;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sightline.error.InputException;

/**
 * The checkpoint's own chat template.
 *
 * <p>Templates see {@code messages}, {@code add_generation_prompt}, the special tokens of the tokeniser ({@code
 * bos_token}, ...) and whatever variables the caller adds. {@code strftime_now} is not defined, so that a template that
 * asks takes its own fixed date: a prompt must not depend on the day it was traced. May be used by several threads.
 */
public final class ChatTemplate {
    /** Made on first use: some hundred milliseconds that only those pay who render. */
    private static final class Engine {
        static final Jinjava SHARED = JinjaDialect.engine();
    }

    private final Path file;
    private final String settled;
    private final Map<String, String> tokens;

    private ChatTemplate(Path file, String settled, Map<String, String> tokens) {
        this.file = file;
        this.settled = settled;
        this.tokens = tokens;
    }

    /**
     * Finds and checks the template of a checkpoint: {@code chat_template.jinja}, else the field of {@code
     * chat_template.json}, {@code processor_config.json} or {@code tokenizer_config.json}.
     *
     * @throws InputException if there is none, a file is broken, the template's syntax is wrong, or it needs a begin
     *     token that no file names
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
        JinjaWhitespace.Settled settled;
        try {
            settled = JinjaWhitespace.settle(source.text());
            JinjaDialect.requireSupported(Engine.SHARED, settled.code());
        } catch (IllegalArgumentException e) {
            throw broken(source.file(), e.getMessage(), e);
        }
        JinjavaInterpreter interpreter = Engine.SHARED.newInterpreter();
        interpreter.parse(settled.template());
        if (!interpreter.getErrors().isEmpty()) {
            throw failed(source.file(), interpreter.getErrors().get(0));
        }
        return new ChatTemplate(source.file(), settled.template(), source.tokens());
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
        all.putAll(variables);
        all.put("messages", messages);
        all.put("add_generation_prompt", addGenerationPrompt);
        RenderResult result = Engine.SHARED.renderForResult(settled, all);
        if (!result.getErrors().isEmpty()) {
            throw failed(file, result.getErrors().get(0));
        }
        return result.getOutput();
    }

    /** The file that the template came from. */
    Path file() {
        return file;
    }

    private static InputException failed(Path file, TemplateError error) {
        for (Throwable cause = error.getException(); cause != null; cause = cause.getCause()) {
            if (cause instanceof JinjaDialect.Raised) {
                return new InputException(
                        file.toString(),
                        "the chat template says: " + withoutStop(cause.getMessage()),
                        "",
                        "Change what is asked accordingly",
                        cause);
            }
        }
        String message = error.getMessage() == null
                ? error.getReason().toString()
                : error.getMessage().lines().findFirst().orElse("");
        return broken(file, message, error.getException());
    }

    private static InputException broken(Path file, String problem, Throwable cause) {
        return new InputException(
                file.toString(),
                "the chat template cannot be used: " + withoutStop(problem),
                "a Jinja template",
                "Compare the file with the published one; if they agree, it uses a part of Jinja that is not supported here",
                cause);
    }

    private static String withoutStop(String clause) {
        return clause.endsWith(".") ? clause.substring(0, clause.length() - 1) : clause;
    }
}
