package sightline.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import sightline.mllama.MllamaProcessor;
import sightline.text.Prompt;
import sightline.text.PromptFormat;

/**
 * Prompts' token ids, word by word from a cache: rendering and tokenising each prompt as a whole would take a fifth of the
 * training's time. The tokeniser's split begins a new piece at each single space behind another character, so the pieces'
 * tokens are those of the whole; the image token before the text and the end of turn behind it are special and split too.
 */
final class FastPrompts {
    private final MllamaProcessor processor;
    private final int[] head;
    private final int[] tail;
    private final Map<String, int[]> pieces = new ConcurrentHashMap<>();

    FastPrompts(MllamaProcessor processor, int imageToken) {
        this.processor = processor;
        String text = "What";
        int[] whole =
                processor.prompt(PromptFormat.of("plain").fill(text, List.of())).ids();
        int[] inner = processor.answerTokens(text);
        int start = 0;
        while (whole[start] != imageToken) {
            start++;
        }
        while (!Arrays.equals(whole, start, start + inner.length, inner, 0, inner.length)) {
            start++; // the template may write more before the text
        }
        head = Arrays.copyOf(whole, start);
        tail = Arrays.copyOfRange(whole, start + inner.length, whole.length);
    }

    /** The ids that {@link MllamaProcessor#prompt} gives. */
    int[] ids(Prompt prompt) {
        List<int[]> parts = new ArrayList<>();
        int length = head.length + tail.length;
        for (String piece : split(prompt.text())) {
            int[] ids = pieces.computeIfAbsent(piece, processor::answerTokens);
            parts.add(ids);
            length += ids.length;
        }
        int[] all = Arrays.copyOf(head, length);
        int at = head.length;
        for (int[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        System.arraycopy(tail, 0, all, at, tail.length);
        return all;
    }

    private static List<String> split(String text) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        for (int i = 1; i + 1 < text.length(); i++) {
            boolean cut = text.charAt(i) == ' '
                    && !Character.isWhitespace(text.charAt(i - 1))
                    && Character.isLetterOrDigit(text.charAt(i + 1));
            if (cut) {
                parts.add(text.substring(start, i));
                start = i;
            }
        }
        parts.add(text.substring(start));
        return parts;
    }
}
