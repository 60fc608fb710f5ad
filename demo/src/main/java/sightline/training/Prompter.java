package sightline.training;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import sightline.image.ImageTiles;
import sightline.image.RgbImage;
import sightline.mllama.MllamaProcessor;
import sightline.text.EncodedPrompt;
import sightline.world.SceneQuestion;

/** Questions and pictures as the model will read them: through the checkpoint's own processor. Used by several threads. */
final class Prompter {
    private final MllamaProcessor processor;
    private final FastPrompts prompts;
    private final int stopToken;
    private final Map<String, int[]> answers = new ConcurrentHashMap<>();
    /** How a question may end: the tokeniser joins a question mark with the line break behind it. */
    private final Set<Integer> ends = new TreeSet<>();

    /**
     * @param imageToken stands for the picture
     * @param stopToken ends each answer
     */
    Prompter(MllamaProcessor processor, int imageToken, int stopToken) {
        this.processor = processor;
        this.prompts = new FastPrompts(processor, imageToken);
        this.stopToken = stopToken;
        for (String end : List.of("?", "?\n")) {
            ends.add(processor.answerTokens(end)[0]);
        }
    }

    ImageTiles picture(RgbImage picture) {
        return processor.picture(picture);
    }

    /** A question's prompt, tokens with roles. */
    EncodedPrompt prompt(SceneQuestion question) {
        return processor.prompt(question.style().prompt().fill(question.question(), question.choices()));
    }

    /** An answer's tokens, without the stop token. */
    int[] answer(SceneQuestion question) {
        return processor.answerTokens(question.answer());
    }

    /** A question's prompt and answer, the stop token at its end. */
    PackedSequence.Whole whole(SceneQuestion question) {
        int[] answer = answers.computeIfAbsent(question.answer(), text -> {
            int[] ids = processor.answerTokens(text);
            int[] stopped = Arrays.copyOf(ids, ids.length + 1);
            stopped[ids.length] = stopToken;
            return stopped;
        });
        int[] prompt = prompts.ids(question.style().prompt().fill(question.question(), question.choices()));
        int asked = prompt.length - 1;
        while (asked > 0 && !ends.contains(prompt[asked])) {
            asked--;
        }
        // places are numbered as vision tokens are: a class token before each tile's patches
        int[] shownAt = question.shownAt().stream().mapToInt(Integer::intValue).toArray();
        return new PackedSequence.Whole(prompt, answer, asked, shownAt);
    }
}
