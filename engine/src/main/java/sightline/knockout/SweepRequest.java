package sightline.knockout;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import sightline.text.EncodedPrompt;

/**
 * All that is asked of one sample: what is read off the model under each intervention, in a window around each layer and in
 * other windows.
 *
 * @param prompt token ids and roles
 * @param answer the answer's token ids, without the stop token; at least one
 * @param interventions what is changed
 * @param windowSizes k, each at least 1
 * @param maskings what a row reads if nothing is left
 * @param rows what rows before the image token do
 * @param readings what is read off
 * @param temperature logits are divided by it before softmax, {@value #LEAST_TEMPERATURE} or more; 0.6 in the published
 *     work
 * @param tracks interventions in windows of their own, beside those around each layer: the whole depth, for instance
 */
public record SweepRequest(
        EncodedPrompt prompt,
        int[] answer,
        List<Intervention> interventions,
        List<Integer> windowSizes,
        List<Masking> maskings,
        RowReading rows,
        List<Reading> readings,
        double temperature,
        List<Track> tracks) {
    /** Below this, logits divided by the temperature come near the end of float32. */
    public static final double LEAST_TEMPERATURE = 1e-6;

    /** The temperature of the published work. */
    public static final double PUBLISHED_TEMPERATURE = 0.6;

    /** What a trace holds unless told otherwise. */
    private static final List<Reading> READINGS =
            List.of(new Reading.AnswerProbability(), new Reading.Measures(), new Reading.Candidates(3));

    /**
     * @throws IllegalArgumentException if the answer is empty, readings do not go together, a foil is the answer's own first
     *     token, a window size is below 1, the
     *     temperature too small, or an intervention not one for all of the maskings
     */
    public SweepRequest {
        Objects.requireNonNull(prompt);
        Objects.requireNonNull(rows);
        interventions = List.copyOf(interventions);
        readings = List.copyOf(readings);
        windowSizes = List.copyOf(windowSizes);
        maskings = List.copyOf(maskings);
        tracks = List.copyOf(tracks);
        answer = answer.clone();
        for (Intervention intervention : interventions) {
            require(
                    intervention.maskings().containsAll(maskings),
                    intervention + " under maskings " + maskings + ", expected " + intervention.maskings());
        }
        require(
                readings.stream().map(Object::getClass).distinct().count() == readings.size(),
                "readings " + readings + ", expected each kind once");
        require(
                readings.stream().noneMatch(Reading.Measures.class::isInstance)
                        || readings.stream().anyMatch(Reading.AnswerProbability.class::isInstance),
                "readings " + readings + ": measures are read beside the answer's probability");
        require(
                readings.stream().noneMatch(Reading.Alternatives.class::isInstance)
                        || readings.stream().anyMatch(Reading.AnswerProbability.class::isInstance),
                "readings " + readings + ": alternatives are read beside the answer's probability");
        require(
                readings.stream().noneMatch(Reading.Lens.class::isInstance)
                        || readings.stream().anyMatch(Reading.Measures.class::isInstance),
                "readings " + readings + ": a lens is read beside the measures");
        require(answer.length > 0, "the answer has no tokens; a sweep needs at least one");
        require(
                !foils(readings).contains(answer[0]),
                "foils " + foils(readings) + " hold " + answer[0] + ", the answer's own first token");
        require(windowSizes.stream().allMatch(k -> k >= 1), "window sizes " + windowSizes + ", expected 1 or more");
        require(
                temperature >= LEAST_TEMPERATURE && temperature < Double.POSITIVE_INFINITY,
                "temperature " + temperature + ", expected " + LEAST_TEMPERATURE + " or more");
    }

    private static List<Integer> foils(List<Reading> readings) {
        return readings.stream()
                .filter(Reading.Measures.class::isInstance)
                .flatMap(measures -> ((Reading.Measures) measures).foils().stream())
                .toList();
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    /** The same with the readings of every trace: the answer's probabilities, its measures and the three likeliest tokens. */
    public SweepRequest(
            EncodedPrompt prompt,
            int[] answer,
            List<Intervention> interventions,
            List<Integer> windowSizes,
            List<Masking> maskings,
            RowReading rows,
            double temperature) {
        this(prompt, answer, interventions, windowSizes, maskings, rows, READINGS, temperature, List.of());
    }

    /**
     * The same with more interventions around each layer, behind its own.
     *
     * @throws IllegalArgumentException if one is not for all of the maskings
     */
    public SweepRequest and(List<Intervention> more) {
        List<Intervention> all = new ArrayList<>(interventions);
        all.addAll(more);
        return new SweepRequest(prompt, answer, all, windowSizes, maskings, rows, readings, temperature, tracks);
    }

    /** The same with these tracks and no others. */
    public SweepRequest withTracks(List<Track> asked) {
        return new SweepRequest(
                prompt, answer, interventions, windowSizes, maskings, rows, readings, temperature, asked);
    }

    /** The same with these readings too. */
    public SweepRequest alsoReading(List<Reading> more) {
        List<Reading> all = new ArrayList<>(readings);
        all.addAll(more);
        return new SweepRequest(prompt, answer, interventions, windowSizes, maskings, rows, all, temperature, tracks);
    }

    /** The same with these tracks behind its own. */
    public SweepRequest withMore(List<Track> more) {
        return more.isEmpty()
                ? this
                : withTracks(Stream.concat(tracks.stream(), more.stream()).toList());
    }

    /**
     * The same with these foils of the answer's first token.
     *
     * @param foils token ids; none for the likeliest other token
     * @throws IllegalArgumentException if one is the answer's own first token, or given twice
     */
    public SweepRequest withFoils(List<Integer> foils) {
        List<Reading> others = readings.stream()
                .map(reading -> reading instanceof Reading.Measures ? new Reading.Measures(foils) : reading)
                .toList();
        return new SweepRequest(
                prompt, answer, interventions, windowSizes, maskings, rows, others, temperature, tracks);
    }

    /** The named foils of the answer's first token; none if it is held against the likeliest other token. */
    public List<Integer> foils() {
        return foils(readings);
    }

    /**
     * The published settings: four pathways, reading and masking {@code paper}, temperature 0.6.
     *
     * @param family the interventions of the model's family
     */
    public static SweepRequest published(
            Interventions family, EncodedPrompt prompt, int[] answer, List<Integer> windowSizes) {
        return new SweepRequest(
                prompt,
                answer,
                family.named(Interventions.PUBLISHED),
                windowSizes,
                List.of(Masking.PAPER),
                RowReading.PAPER,
                PUBLISHED_TEMPERATURE);
    }

    /**
     * All of it but the words.
     *
     * @param picture the picture that is asked about
     */
    public Outline outline(PictureTokens picture) {
        return new Outline(
                List.of(prompt.roles()),
                answer.length,
                picture,
                interventions,
                windowSizes,
                maskings,
                rows,
                readings.stream().map(Reading::withoutWords).toList(),
                tracks);
    }

    /** What is asked around each layer: one track per intervention, window size and masking, in this order. */
    public List<Track> aroundLayers() {
        return Track.aroundLayers(interventions, windowSizes, maskings);
    }

    /** The reading of this kind, if it is asked for. */
    public <R extends Reading> Optional<R> reading(Class<R> kind) {
        return readings.stream().filter(kind::isInstance).map(kind::cast).findFirst();
    }

    /** The token ids in context when an answer token is read out: prompt and answer tokens before it. */
    public int[] tokens(int answerToken) {
        int[] prompted = prompt.ids();
        int[] tokens = Arrays.copyOf(prompted, prompted.length + answerToken);
        System.arraycopy(answer, 0, tokens, prompted.length, answerToken);
        return tokens;
    }

    /** Whether an intervention has anything to change at any of the answer's tokens. */
    public boolean canChange(Intervention intervention, PictureTokens picture) {
        return IntStream.range(0, answer.length)
                .mapToObj(token -> new Layout(prompt.roles(), token, picture))
                .anyMatch(intervention::changesAnything);
    }
}
