package sightline.sweep;

import java.util.Arrays;
import java.util.List;
import sightline.knockout.HeadMeans;
import sightline.knockout.Layout;
import sightline.knockout.Masking;
import sightline.knockout.RowReading;
import sightline.model.LayerListener;
import sightline.model.VisionLanguageModel;
import sightline.model.VisionMemory;
import sightline.tensor.HostArrays;
import sightline.tensor.Scope;
import sightline.tensor.TensorOwner;
import sightline.text.EncodedPrompt;

/** What query heads read at an answer's read-out rows with nothing changed: of many samples, what {@link HeadMeans} are made of. */
public final class HeadReadings {
    private HeadReadings() {}

    /**
     * Of one sample: one full text pass.
     *
     * @param answer token ids, at least one
     * @return [answer token, at most the first {@value HeadMeans#TOKENS}][layer][head · head size]
     */
    public static double[][][] of(
            VisionLanguageModel model, VisionMemory seen, EncodedPrompt prompt, RowReading rows, int... answer) {
        int count = Math.min(answer.length, HeadMeans.TOKENS);
        int first = prompt.length() - 1;
        int[] tokens = Arrays.copyOf(prompt.ids(), first + count);
        System.arraycopy(answer, 0, tokens, prompt.length(), count - 1);
        int width = model.shape().heads() * model.shape().headSize();
        double[][][] readings = new double[count][model.shape().layers()][];
        try (TensorOwner.Use use = model.use(seen);
                Scope scope = Scope.open()) {
            Layout layout = new Layout(prompt.roles(), count - 1, seen.tokens());
            new FullPass(model, seen, layout, rows, tokens)
                    .run(layer -> List.of(), Masking.ZERO, LayerListener.NONE, (layer, attended) -> {
                        double[] read = HostArrays.doubles(attended.narrow(0, first, count));
                        for (int token = 0; token < count; token++) {
                            readings[token][layer] = Arrays.copyOfRange(read, token * width, (token + 1) * width);
                        }
                    });
        }
        return readings;
    }
}
