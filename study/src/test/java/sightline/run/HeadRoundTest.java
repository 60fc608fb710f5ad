package sightline.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sightline.analysis.RunResults;
import sightline.analysis.TracedSample;
import sightline.analysis.WholeDepth;
import sightline.answering.PictureHashes;
import sightline.answering.StudyCheckpoint;
import sightline.dataset.AnsweredQuestion;
import sightline.dataset.Dataset;
import sightline.dataset.Question;
import sightline.error.InputException;
import sightline.family.Families;
import sightline.image.PictureReader;
import sightline.knockout.Curve;
import sightline.knockout.HeadSilencing;
import sightline.knockout.Masking;
import sightline.knockout.RowReading;
import sightline.knockout.SweepRequest;
import sightline.model.Progress;
import sightline.model.VisionLanguageModel;
import sightline.model.VisionMemory;
import sightline.sweep.NaiveSweep;
import sightline.sweep.Strategy;
import sightline.text.WordPlaces;

/** The second round: shares of the heads, ranked on one half of the pictures, judged on the other. */
class HeadRoundTest {
    private static VisionLanguageModel model;

    @TempDir
    Path folder;

    private TinyStudy study;

    @BeforeAll
    static void load() {
        model = Families.load(TinyStudy.checkpoint(), TinyStudy.loading());
    }

    @AfterAll
    static void free() {
        model.close();
    }

    @BeforeEach
    void make() {
        study = TinyStudy.in(folder);
    }

    private RunPlan plan(Portion portion) {
        RunSettings settings = new RunSettings(
                        List.of("image_to_last"),
                        List.of(3),
                        List.of(Masking.PAPER),
                        RowReading.PAPER,
                        0.6,
                        Strategy.SHARED)
                .with(TraceAdditions.NONE.silencing(HeadFill.ZERO, JointHeads.withCurves()));
        return study.plan(Dataset.VQAV2, folder.resolve("run"), settings, portion);
    }

    /** @param most samples of the second round; it is then stopped */
    private static Optional<RunReport> trace(RunPlan plan, int most) {
        try (StudyCheckpoint checkpoint = StudyCheckpoint.open(plan.model(), plan.loading());
                TraceRun first =
                        TraceRun.open(plan, TraceRun.read(plan, checkpoint).questions(), checkpoint)) {
            first.trace(List.of(model), Progress.NONE, () -> false);
            first.finish();
            Optional<TraceRun> second = HeadRound.open(first, checkpoint);
            if (second.isEmpty()) {
                return Optional.empty();
            }
            try (TraceRun run = second.get()) {
                int[] asked = {0};
                run.trace(List.of(model), Progress.NONE, () -> asked[0]++ >= most);
                return Optional.of(run.finish());
            }
        }
    }

    private static Map<Long, JsonNode> lines(Path run) {
        Map<Long, JsonNode> lines = new TreeMap<>();
        TinyStudy.lines(run)
                .forEach(line -> lines.put(
                        line.get("id").longValue(), ((ObjectNode) line).without(List.of("seconds", "check"))));
        return lines;
    }

    @Test
    void ranksOnOneHalfAndJudgesOnTheOther() {
        RunPlan plan = plan(Portion.ALL);
        assertThat(trace(plan, Integer.MAX_VALUE)).isPresent();
        List<AnsweredQuestion> samples = TinyStudy.read(plan).questions();
        HeadHalves halves = new HeadHalves(Dataset.VQAV2, samples);
        Map<Long, JsonNode> first = lines(plan.folder());
        Path second = new RunFolder(plan.folder()).headCurves();
        Set<Long> expected = new HashSet<>();
        int heads = model.shape().heads();
        double[] sums = new double[model.shape().layers() * heads];
        for (AnsweredQuestion sample : samples) {
            if (halves.half(sample.image()) == 1) {
                expected.add(sample.id());
                continue;
            }
            for (int place = 0; place < sums.length; place++) {
                sums[place] += first.get(sample.id())
                        .at("/heads/log_odds_loss/" + place / heads + "/" + place % heads)
                        .floatValue();
            }
        }
        assertThat(lines(second).keySet()).isNotEmpty().isEqualTo(expected).hasSizeLessThan(samples.size());
        List<Integer> order = Manifest.read(new RunFolder(second))
                .settings()
                .additions()
                .jointHeads()
                .order();
        assertThat(order).hasSize(sums.length).doesNotHaveDuplicates();
        for (int rank = 1; rank < order.size(); rank++) {
            assertThat(sums[order.get(rank)]).isLessThanOrEqualTo(sums[order.get(rank - 1)]);
        }
        for (TracedSample sample :
                RunResults.read(List.of(plan.folder())).get(0).samples()) {
            assertThat(sample.additions().wholeDepth().containsKey(new WholeDepth(HeadShares.NOTHING, "zero")))
                    .isEqualTo(expected.contains(sample.id()));
        }
    }

    /** Every set, ranked and drawn, in a full pass of its own. */
    @Test
    void linesHoldWhatTheNaiveSweepFinds() {
        RunPlan plan = plan(Portion.ALL);
        assertThat(trace(plan, 1)).isPresent();
        Path second = new RunFolder(plan.folder()).headCurves();
        JsonNode line = TinyStudy.lines(second).get(0);
        List<Integer> order = Manifest.read(new RunFolder(second))
                .settings()
                .additions()
                .jointHeads()
                .order();
        AnsweredQuestion sample = TinyStudy.read(plan).questions().stream()
                .filter(one -> one.id() == line.get("id").longValue())
                .findFirst()
                .orElseThrow();
        Question question = sample.question();
        try (VisionMemory seen = model.see(
                model.processor().picture(PictureReader.read(plan.images().resolve(sample.image()))))) {
            SweepRequest request = new SweepRequest(
                            model.processor()
                                    .prompt(
                                            question.dataset().prompt().fill(question.text(), question.choices()),
                                            WordPlaces.OPTIONS,
                                            seen.tokens()),
                            sample.answerTokens(),
                            List.of(),
                            List.of(),
                            List.of(),
                            RowReading.PAPER,
                            0.6)
                    .withTracks(HeadShares.tracks(
                            order, HeadSilencing.atReadOut(Optional.empty()), model.shape(), sample.id()));
            Map<String, Curve> naive = new HashMap<>();
            new NaiveSweep(model)
                    .run(request, seen, Progress.NONE)
                    .tracked()
                    .forEach(curve -> naive.put(curve.intervention().name(), curve));
            assertThat(naive.keySet()).containsExactlyInAnyOrderElementsOf(HeadShares.names());
            assertThat(line.get("whole_depth")).hasSize(naive.size());
            for (JsonNode one : line.get("whole_depth")) {
                Curve curve = naive.get(one.get("intervention").asText());
                for (int token = 0; token < sample.answerTokens().length; token++) {
                    assertThat(one.at("/measures/log_odds/" + token + "/0").doubleValue())
                            .as(one.get("intervention").asText())
                            .isCloseTo(curve.measures()[token][0].logOdds(), within(1e-4));
                }
            }
        }
    }

    /** What goes to a cluster and comes back is text. */
    @Test
    void anotherProcessFindsTheSame() {
        RunPlan plan = plan(Portion.ALL);
        try (StudyCheckpoint checkpoint = StudyCheckpoint.open(plan.model(), plan.loading());
                TraceRun first =
                        TraceRun.open(plan, TraceRun.read(plan, checkpoint).questions(), checkpoint)) {
            first.trace(List.of(model), Progress.NONE, () -> false);
            try (TraceRun second = HeadRound.open(first, checkpoint).orElseThrow()) {
                second.trace(List.of(model), Progress.NONE, () -> false);
                JsonNode line = TinyStudy.lines(second.plan().folder()).get(0);
                AnsweredQuestion sample = second.samples().get(line.get("index").intValue());
                String sent = TraceJob.sample(
                        sample, PictureHashes.of(plan.images(), List.of(sample.image())), null, false, null);
                try (TraceJob job =
                        new TraceJob(TraceJob.job(second.plan(), checkpoint).task(), model)) {
                    TraceJob.Result result =
                            TraceJob.result(job.work(List.of(sent)).get(0));
                    assertThat(result.outcome().get("whole_depth")).isEqualTo(line.get("whole_depth"));
                }
            }
        }
    }

    @Test
    void goesOnWhereItWasStopped() {
        RunPlan plan = plan(Portion.ALL);
        trace(plan, Integer.MAX_VALUE);
        Path second = new RunFolder(plan.folder()).headCurves();
        Map<Long, JsonNode> whole = lines(second);
        delete(second);
        assertThat(trace(plan, 1).orElseThrow().stopped()).isTrue();
        assertThat(lines(second)).hasSize(1);
        assertThat(trace(plan, Integer.MAX_VALUE).orElseThrow().traced()).isEqualTo(whole.size() - 1);
        assertThat(lines(second)).isEqualTo(whole);
        assertThat(second.resolve("whole_depth.parquet")).isNotEmptyFile();
    }

    @Test
    void shardsWaitForEachOther() {
        assertThat(trace(plan(TinyStudy.shard(1, 2)), Integer.MAX_VALUE)).isEmpty();
        RunPlan other = plan(TinyStudy.shard(2, 2));
        assertThat(trace(other, Integer.MAX_VALUE)).isPresent();
        assertThat(trace(plan(TinyStudy.shard(1, 2)), Integer.MAX_VALUE)).isPresent();
        Path second = new RunFolder(other.folder()).headCurves();
        Map<Long, JsonNode> shared = lines(second);
        delete(second);
        trace(plan(Portion.ALL), Integer.MAX_VALUE);
        assertThat(lines(second)).isEqualTo(shared);
    }

    @Test
    void anotherRankingIsRefused() {
        RunPlan few = plan(new Portion(0, OptionalInt.of(4), Shard.WHOLE));
        assertThat(trace(few, Integer.MAX_VALUE)).isPresent();
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> trace(plan(Portion.ALL), Integer.MAX_VALUE))
                .withMessageContaining("ranked over other samples");
    }

    @Test
    void drawsAreNestedAndOfTheSameLayers() {
        List<Integer> order = new ArrayList<>(
                IntStream.range(0, model.shape().layers() * model.shape().heads())
                        .boxed()
                        .toList());
        Collections.shuffle(order, new java.util.Random(5));
        HeadSilencing silencing = HeadSilencing.atReadOut(Optional.empty());
        assertThat(HeadShares.tracks(order, silencing, model.shape(), 7)
                        .equals(HeadShares.tracks(order, silencing, model.shape(), 7)))
                .isTrue();
        assertThat(HeadShares.count(0.001, 1280)).isEqualTo(1);
        assertThat(HeadShares.count(0.002, 1280)).isEqualTo(3);
        assertThat(HeadShares.count(0.005, 1280)).isEqualTo(6);
        assertThat(HeadShares.count(0.001, 60)).isZero();
        Set<Integer> before = Set.of();
        for (double share : HeadShares.SHARES) {
            List<Integer> top = order.subList(0, HeadShares.count(share, order.size()));
            List<Integer> drawn = HeadShares.alike(top, HeadShares.drawn(model.shape(), 7), model.shape());
            assertThat(layers(drawn)).isEqualTo(layers(top));
            assertThat(drawn).doesNotHaveDuplicates().containsAll(before);
            before = new HashSet<>(drawn);
        }
    }

    private static List<Integer> layers(List<Integer> places) {
        return places.stream()
                .map(place -> place / model.shape().heads())
                .sorted()
                .toList();
    }

    private static void delete(Path folder) {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
