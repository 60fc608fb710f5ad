package sightline.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import sightline.error.InputException;
import sightline.knockout.Layout;
import sightline.knockout.RowReading;
import sightline.tensor.HostArrays;
import sightline.tensor.Scope;
import sightline.tensor.TensorOwner;
import sightline.text.EncodedPrompt;

/** Has a model answer, and shows what it computes on the way. */
final class Answerer {
    private final VisionLanguageModel model;

    Answerer(VisionLanguageModel model) {
        this.model = model;
    }

    Answer answer(
            EncodedPrompt prompt,
            VisionMemory seen,
            RowReading reading,
            Decoding decoding,
            Progress progress,
            TokenListener listener) {
        TokenChooser chooser = new TokenChooser(decoding);
        List<Integer> tokens = new ArrayList<>();
        OptionalInt stop = OptionalInt.empty();
        int capacity = Math.addExact(prompt.length(), decoding.maxNewTokens());
        try (TensorOwner.Use use = model.use(seen);
                TextPass pass = new TextPass(model, prompt, seen, reading, capacity)) {
            int[] next = pass.behind(firstRows(prompt, seen, reading));
            while (tokens.size() < decoding.maxNewTokens()) {
                float[] logits = pass.lastLogits(next);
                int token = chooser.choose(logits);
                if (model.generation().endTokens().contains(token)) {
                    stop = OptionalInt.of(token);
                    break;
                }
                requireText(token);
                tokens.add(token);
                listener.said(token, logits);
                progress.done(tokens.size(), decoding.maxNewTokens());
                next = new int[] {token};
            }
            int[] ids = tokens.stream().mapToInt(Integer::intValue).toArray();
            return new Answer(ids, model.processor().decode(ids), stop.isPresent(), stop);
        }
    }

    /** Behind the prompt there is no picture that the image token could stand for. */
    private void requireText(int token) {
        if (token == model.config().imageToken()) {
            throw new InputException(
                    "answer",
                    "the model says " + model.processor().token(token) + ", which stands for a picture",
                    "text alone",
                    "Ask in another wording, or give the answer to trace");
        }
    }

    float[][] hiddenStates(EncodedPrompt prompt, VisionMemory seen, RowReading reading) {
        float[][] states = new float[model.shape().layers() + 1][];
        try (TensorOwner.Use use = model.use(seen);
                Scope scope = Scope.open();
                TextPass pass = new TextPass(model, prompt, seen, reading, prompt.length())) {
            pass.forward(prompt.ids(), (layer, hidden) -> states[layer + 1] = HostArrays.floats(hidden));
        }
        return states;
    }

    float[] logits(EncodedPrompt prompt, VisionMemory seen, RowReading reading) {
        try (TensorOwner.Use use = model.use(seen);
                TextPass pass = new TextPass(model, prompt, seen, reading, prompt.length())) {
            return pass.lastLogits(pass.behind(firstRows(prompt, seen, reading)));
        }
    }

    KnownRows firstRows(EncodedPrompt prompt, VisionMemory seen, RowReading reading) {
        int count = model.rules().sharedRows(new Layout(prompt.roles(), 0, seen.tokens()));
        int[] ids = Arrays.copyOf(prompt.ids(), count);
        return count == 0
                ? KnownRows.NONE
                : seen.firstRows(ids, keep -> {
                    try (TextPass pass = new TextPass(model, prompt, seen, reading, count)) {
                        return pass.known(ids, keep);
                    }
                });
    }
}
