package sightline.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import sightline.knockout.RandomSources;
import sightline.run.TraceAdditions.TrackKey;
import sightline.run.TracedLine.CutCurve;

/**
 * What a line of a journal tells beside the curves around each layer.
 *
 * @param wholeDepth one window each; k is 0
 * @param kept what is kept alone around each layer
 * @param triangles one window for each range of layers, by start, then by end; k is 0
 * @param random curves of pathways whose sources were drawn, by the pathway's name
 * @param pictures the uncut answer with other pictures
 * @param inside what was read inside the decoder
 * @param heads the loss of the answer's log-odds with each head silenced [layer][head]; without layers if none was
 */
@SuppressWarnings("ArrayRecordComponent")
public record AddedNumbers(
        List<CutCurve> wholeDepth,
        List<CutCurve> kept,
        List<CutCurve> triangles,
        List<CutCurve> random,
        List<OtherBaseline> pictures,
        InsideLine inside,
        float[][] heads) {
    static final String WHOLE_DEPTH = "whole_depth";
    static final String KEPT = "kept";
    static final String TRIANGLE = "triangle";
    static final String RANDOM = "random_sources";
    static final String WITHOUT_RANDOM = "no_random_sources";
    static final String PICTURES = "pictures";

    /** Of a sample that failed, or of a run that traces nothing more. */
    static final AddedNumbers NONE =
            new AddedNumbers(List.of(), List.of(), List.of(), List.of(), List.of(), InsideLine.NONE, new float[0][]);

    /**
     * The uncut answer with another picture.
     *
     * @param image its file's name; empty if it is made
     * @param probability per answer token
     * @param measures by measure [answer token]; empty in lines of earlier versions
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record OtherBaseline(
            Control control, Optional<String> image, double[] probability, Map<JournalMeasure, double[]> measures) {}

    /**
     * Reads them.
     *
     * @param curves those around each layer
     * @throws sightline.error.InputException if they are not what the run's settings ask for
     */
    static AddedNumbers of(TracedLine.Reader line, List<CutCurve> curves, int tokens) {
        TraceAdditions asked = line.rules().additions();
        int layers = line.rules().layers();
        return new AddedNumbers(
                interventions(
                        line,
                        WHOLE_DEPTH,
                        asked.wholeDepth(line.rules().maskings(), asked.answerRegion() ? region(line) : List.of()),
                        tokens,
                        1),
                interventions(line, KEPT, asked.keptInWindows(line.rules().sizes()), tokens, layers),
                interventions(
                        line, TRIANGLE, asked.triangles(line.rules().maskings()), tokens, layers * (layers + 1) / 2),
                asked.has(Control.RANDOM_SOURCES) ? random(line, curves, tokens) : List.of(),
                pictures(line, asked, tokens),
                asked.inside().isEmpty() ? InsideLine.NONE : InsideLine.read(line, tokens),
                asked.silencesEachHead() ? HeadLosses.read(line) : new float[0][]);
    }

    /**
     * A list of what the run asks for, each once and nothing else.
     *
     * @param windows of each
     */
    private static List<CutCurve> interventions(
            TracedLine.Reader line, String field, Set<TrackKey> asked, int tokens, int windows) {
        Set<TrackKey> missing = new LinkedHashSet<>(asked);
        List<CutCurve> found = new ArrayList<>();
        if (missing.isEmpty()) {
            return found;
        }
        for (JsonNode one : list(line, field)) {
            TrackKey key = new TrackKey(
                    one.path("intervention").asText(""),
                    one.path("k").asInt(0),
                    one.path("masking").asText(""));
            if (!missing.remove(key)) {
                throw line.broken(field + " holds " + name(key) + ", which the run does not trace, or twice");
            }
            found.add(line.readings(one, key.intervention(), key.k(), key.masking(), tokens, windows));
        }
        for (TrackKey key : missing) {
            throw line.broken(field + " has no " + name(key));
        }
        return found;
    }

    private static String name(TrackKey key) {
        return key.intervention() + (key.k() > 0 ? ", k " + key.k() : "") + ", masking " + key.masking();
    }

    /** What a line must tell of the sample's region; nothing if it says why there is none. */
    private static List<String> region(TracedLine.Reader line) {
        if (line.json().path(TracedRegion.NONE).isTextual()) {
            return List.of();
        }
        JsonNode random = line.json().path(TracedRegion.REGION).path(TracedRegion.RANDOM);
        if (!random.isBoolean()) {
            throw line.broken("has neither " + TracedRegion.REGION + " nor " + TracedRegion.NONE);
        }
        return RegionTracks.names(random.booleanValue());
    }

    private record RandomKey(String pathway, int k, String masking) {}

    private static List<CutCurve> random(TracedLine.Reader line, List<CutCurve> curves, int tokens) {
        Set<RandomKey> missing = new LinkedHashSet<>();
        curves.forEach(curve -> missing.add(new RandomKey(curve.pathway(), curve.k(), curve.masking())));
        Set<String> without = new HashSet<>();
        list(line, WITHOUT_RANDOM).forEach(name -> without.add(name.asText("")));
        missing.removeIf(key -> without.contains(key.pathway()));
        List<CutCurve> found = new ArrayList<>();
        for (JsonNode one : list(line, RANDOM)) {
            RandomKey key = new RandomKey(
                    one.path("pathway").asText(""),
                    one.path("k").asInt(0),
                    one.path("masking").asText(""));
            String name = RandomSources.name(key.pathway()) + ", k " + key.k() + ", masking " + key.masking();
            if (!missing.remove(key)) {
                throw line.broken(RANDOM + " holds " + name + ", which the run does not trace, or twice");
            }
            found.add(line.readings(
                    one,
                    key.pathway(),
                    key.k(),
                    key.masking(),
                    tokens,
                    line.rules().layers()));
        }
        for (RandomKey key : missing) {
            throw line.broken(RANDOM + " has no curve of " + key.pathway() + ", k " + key.k() + ", masking "
                    + key.masking() + ", and " + WITHOUT_RANDOM + " does not name it");
        }
        return found;
    }

    private static List<OtherBaseline> pictures(TracedLine.Reader line, TraceAdditions asked, int tokens) {
        List<OtherBaseline> pictures = new ArrayList<>();
        for (Control control : List.of(Control.SWAP, Control.BLANK)) {
            if (asked.has(control)) {
                JsonNode one = line.json().path(PICTURES).path(control.toString());
                double[] probability = line.probabilities(one.path("baseline"), -1, PICTURES + "." + control);
                if (probability.length != tokens) {
                    throw line.broken(PICTURES + "." + control + " has " + probability.length
                            + " answer tokens, the baseline " + tokens);
                }
                Optional<String> image = Optional.ofNullable(one.path("image").textValue());
                if (image.isPresent() != (control == Control.SWAP)) {
                    throw line.broken(PICTURES + "." + control + (image.isPresent() ? " names" : " does not name")
                            + " a picture");
                }
                pictures.add(new OtherBaseline(control, image, probability, line.uncutOfOther(one, tokens)));
            }
        }
        return pictures;
    }

    private static JsonNode list(TracedLine.Reader line, String name) {
        JsonNode list = line.json().path(name);
        if (!list.isArray()) {
            throw line.broken(list.isMissingNode() ? "has no " + name : name + " is no list");
        }
        return list;
    }
}
