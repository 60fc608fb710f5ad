package sightline.training;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import sightline.image.ImageTiles;
import sightline.image.RgbImage;
import sightline.model.Processor;
import sightline.text.EncodedPrompt;
import sightline.world.Question;

/** Questions and pictures as the model will read them: through the checkpoint's own processor. Used by several threads. */
final class Prompter {
    /** Most wordings come again: this many are kept. */
    private static final int KEPT = 200_000;

    private final Processor processor;
    private final int stopToken;
    private final Map<Question, PackedSequence.Whole> encoded = new ConcurrentHashMap<>();

    /** @param stopToken ends each answer */
    Prompter(Processor processor, int stopToken) {
        this.processor = processor;
        this.stopToken = stopToken;
    }

    ImageTiles picture(RgbImage picture) {
        return processor.picture(picture);
    }

    /** A question's prompt, tokens with roles. */
    EncodedPrompt prompt(Question question) {
        return processor.prompt(question.style().prompt().fill(question.question(), question.choices()));
    }

    /** An answer's tokens, without the stop token. */
    int[] answer(Question question) {
        return processor.answerTokens(question.answer());
    }

    /** A question's prompt and answer, the stop token at its end. */
    PackedSequence.Whole whole(Question question) {
        if (encoded.size() > KEPT) {
            encoded.clear();
        }
        return encoded.computeIfAbsent(question, asked -> {
            int[] answer = answer(asked);
            int[] stopped = java.util.Arrays.copyOf(answer, answer.length + 1);
            stopped[answer.length] = stopToken;
            return new PackedSequence.Whole(prompt(asked).ids(), stopped);
        });
    }
}
