package sightline.analysis;

import java.util.Arrays;
import java.util.stream.IntStream;
import sightline.knockout.AnswerMeasures;

/** A sample's measures of the whole answer under one cut, a number for each layer. Kept in float32, which is what logits are. */
public final class MeasureRows {
    private final float[] logP;
    private final float[] logOdds;
    private final float[] margin;
    private final float[] foil;
    private final float[] kl;
    private final int[] rank;
    private final boolean[] flip;

    /** @param layers the measures with the window around each layer */
    public MeasureRows(AnswerMeasures... layers) {
        logP = new float[layers.length];
        logOdds = new float[layers.length];
        margin = new float[layers.length];
        foil = new float[layers.length];
        kl = new float[layers.length];
        rank = new int[layers.length];
        flip = new boolean[layers.length];
        for (int layer = 0; layer < layers.length; layer++) {
            AnswerMeasures one = layers[layer];
            logP[layer] = (float) one.logP();
            logOdds[layer] = (float) one.logOdds();
            margin[layer] = (float) one.margin();
            foil[layer] = (float) one.foil();
            kl[layer] = (float) one.kl();
            rank[layer] = one.rank();
            flip[layer] = one.flip();
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

    /** The tokens' smallest margin, nats. */
    public double[] margin() {
        return wide(margin);
    }

    /** The first token's logit less its foil's, nats. */
    public double[] foil() {
        return wide(foil);
    }

    /** The tokens' mean divergence, nats. */
    public double[] kl() {
        return wide(kl);
    }

    /** The tokens' largest rank, from 1. */
    public double[] rank() {
        return Arrays.stream(rank).asDoubleStream().toArray();
    }

    /** 1 where greedy decoding gives another answer, otherwise 0; only of samples that are {@link SampleMeasures#greedy()}. */
    public double[] flip() {
        return IntStream.range(0, flip.length)
                .mapToDouble(layer -> flip[layer] ? 1 : 0)
                .toArray();
    }

    private static double[] wide(float... values) {
        return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
    }
}
