package sightline.analysis;

import java.util.stream.IntStream;
import sightline.knockout.AnswerMeasures;

/** A sample's measures of the whole answer under one cut, a number for each layer. Kept in float32, which is what logits are. */
public final class MeasureRows {
    private final float[] logP;
    private final float[] logOdds;
    private final float[] foil;
    private final boolean[] flip;

    /** @param layers the measures with the window around each layer */
    public MeasureRows(AnswerMeasures... layers) {
        logP = new float[layers.length];
        logOdds = new float[layers.length];
        foil = new float[layers.length];
        flip = new boolean[layers.length];
        for (int layer = 0; layer < layers.length; layer++) {
            logP[layer] = (float) layers[layer].logP();
            logOdds[layer] = (float) layers[layer].logOdds();
            foil[layer] = (float) layers[layer].foil();
            flip[layer] = layers[layer].flip();
        }
    }

    /** The answer's log-probability at temperature 1, nats. */
    public double[] logP() {
        return wide(logP);
    }

    /** Log-odds, nats. */
    public double[] logOdds() {
        return wide(logOdds);
    }

    /** The first token's logit less its foil's, nats; no numbers where the run names no foils. */
    public double[] foil() {
        return wide(foil);
    }

    /** 1 where greedy decoding gives another answer, or goes on behind it where the run asks for that, otherwise 0; only of samples that are {@link SampleMeasures#greedy()}. */
    public double[] flip() {
        return IntStream.range(0, flip.length)
                .mapToDouble(layer -> flip[layer] ? 1 : 0)
                .toArray();
    }

    private static double[] wide(float... values) {
        return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
    }
}
