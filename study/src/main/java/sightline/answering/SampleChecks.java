package sightline.answering;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import sightline.error.InputException;
import sightline.knockout.TokenMeasures;
import sightline.knockout.Trace;
import sightline.model.VisionLanguageModel;

/** What every sample must pass, whoever asks or traces it: room in the context, tokens that exist, numbers that are some. */
public final class SampleChecks {
    private SampleChecks() {}

    /**
     * Refuses more tokens than the model has positions.
     *
     * @param place what holds them
     * @param problem that they are so many
     */
    public static void requireRoom(
            VisionLanguageModel model, long tokens, String place, String problem, String nextStep) {
        String expected = "at most " + positions(model) + ", the model's context";
        requireRoom(model, tokens, place, problem, expected, nextStep);
    }

    /** The same with another word for what would fit. */
    public static void requireRoom(
            VisionLanguageModel model, long tokens, String place, String problem, String expected, String nextStep) {
        if (tokens > positions(model)) {
            throw new InputException(place, problem, expected, nextStep);
        }
    }

    /** The tokens that the model takes at most, prompt and answer together. */
    public static int positions(VisionLanguageModel model) {
        return model.shape().positions();
    }

    /**
     * Refuses a token id that the model does not have, and the image token, which it may have among those it can say.
     *
     * @param place what holds it
     * @param fault said of the id
     */
    public static void requireSayable(VisionLanguageModel model, int id, String place, String fault, String nextStep) {
        int vocabulary = model.shape().vocabulary();
        if (id < 0 || id >= vocabulary) {
            throw new InputException(
                    place, "holds " + id + ", " + fault, "ids from 0 to " + (vocabulary - 1), nextStep);
        }
        if (id == model.config().imageToken()) {
            throw new InputException(place, "holds " + id + ", which stands for a picture", "text alone", nextStep);
        }
    }

    /**
     * Refuses a trace that damaged or too large weights have given.
     *
     * @param place the checkpoint
     */
    public static void requireFinite(VisionLanguageModel model, Trace trace, String place, String nextStep) {
        if (!isFinite(trace)) {
            throw new InputException(
                    place,
                    "its probabilities are no numbers (NaN), so the weights are damaged or too large for "
                            + model.dtype(),
                    "finite numbers",
                    nextStep);
        }
    }

    /** Whether all probabilities, and the divergences if they were asked for, are numbers: those need every logit to be one. */
    public static boolean isFinite(Trace trace) {
        DoubleStream curves = trace.allCurves().stream()
                .flatMap(curve -> Arrays.stream(curve.tokenProbability()))
                .flatMapToDouble(Arrays::stream);
        DoubleStream divergences = trace.curves().stream()
                .flatMap(curve -> Arrays.stream(curve.measures()))
                .flatMap(Arrays::stream)
                .mapToDouble(TokenMeasures::kl);
        return Stream.of(Arrays.stream(trace.baseline()), curves, divergences)
                .flatMapToDouble(numbers -> numbers)
                .allMatch(Double::isFinite);
    }
}
