package sightline.analysis;

import java.util.Map;
import sightline.run.Control;

/**
 * What was traced of one sample beside its curves.
 *
 * @param wholeDepth the answer under what acts in all layers
 * @param pictures the uncut answer with another picture
 * @param random the whole answer's probability per layer where random sources stand for a pathway's, by that pathway; arrays
 *     that nobody changes
 * @param heads the loss of log-odds with each head silenced [layer][head], which nobody changes; without layers if none was
 * @param inside what was read inside the decoder
 * @param windows what was traced in other windows
 */
@SuppressWarnings("ArrayRecordComponent") // a thousand numbers a sample
public record SampleAdditions(
        Map<WholeDepth, AnswerNumbers> wholeDepth,
        Map<Control, AnswerNumbers> pictures,
        Map<CurveKey, double[]> random,
        float[][] heads,
        SampleInside inside,
        OtherWindows windows) {
    /** Nothing. */
    public static final SampleAdditions NONE = new SampleAdditions(Map.of(), Map.of(), Map.of());

    /** Without heads and other windows, and with nothing read inside. */
    public SampleAdditions(
            Map<WholeDepth, AnswerNumbers> wholeDepth,
            Map<Control, AnswerNumbers> pictures,
            Map<CurveKey, double[]> random) {
        this(wholeDepth, pictures, random, new float[0][], SampleInside.NONE, OtherWindows.NONE);
    }

    /** Without other windows, and with nothing read inside. */
    public SampleAdditions(
            Map<WholeDepth, AnswerNumbers> wholeDepth,
            Map<Control, AnswerNumbers> pictures,
            Map<CurveKey, double[]> random,
            float[][] heads) {
        this(wholeDepth, pictures, random, heads, SampleInside.NONE, OtherWindows.NONE);
    }

    /** The same with this in all layers. */
    SampleAdditions withWholeDepth(Map<WholeDepth, AnswerNumbers> all) {
        return new SampleAdditions(all, pictures, random, heads, inside, windows);
    }

    public SampleAdditions {
        wholeDepth = Map.copyOf(wholeDepth);
        pictures = Map.copyOf(pictures);
        random = Map.copyOf(random);
    }
}
