package sightline.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sightline.answering.PictureHashes;
import sightline.answering.StudyCheckpoint;
import sightline.dataset.AnsweredQuestion;
import sightline.dataset.Dataset;
import sightline.error.InputException;
import sightline.family.Families;
import sightline.knockout.Masking;
import sightline.knockout.Medium;
import sightline.knockout.RegionCut;
import sightline.knockout.RegionCut.Target;
import sightline.knockout.RowReading;
import sightline.knockout.SweepRequest;
import sightline.knockout.Trace;
import sightline.knockout.Track;
import sightline.model.ModelInputs;
import sightline.model.Progress;
import sightline.model.VisionLanguageModel;
import sightline.model.VisionMemory;
import sightline.region.PixelBox;
import sightline.sweep.NaiveSweep;
import sightline.sweep.Strategy;

/** DocVQA's answer regions: in the journal, in the table, and against the naive sweep. */
class AnswerRegionTest {
    private static final String WORD = """
            {"text": "%s", "boundingBox": [%d, 0, %d, 0, %d, 24, %d, 24]}""";

    @TempDir
    Path folder;

    private TinyStudy study;
    private Path ocr;

    @BeforeEach
    void make() throws IOException {
        study = TinyStudy.in(folder);
        ocr = Files.createDirectory(folder.resolve("ocr"));
        page("abcd0000_1.json", word("no.", 0, 20) + ", " + word("4711", 22, 48)); // of a picture of 50 × 50
        page("abcd0001_2.json", word("nothing", 0, 20));
    }

    private static String word(String text, int left, int right) {
        return WORD.formatted(text, left, right, right, left);
    }

    private void page(String name, String words) throws IOException {
        Files.writeString(
                ocr.resolve(name),
                "{\"recognitionResults\": [{\"width\": 100, \"height\": 100, \"lines\": [{\"words\": [" + words
                        + "]}]}]}");
    }

    private RunPlan plan(Dataset dataset, Path files) {
        RunSettings settings = new RunSettings(
                        List.of("image_to_last"),
                        List.of(3),
                        List.of(Masking.values()),
                        RowReading.PAPER,
                        0.6,
                        Strategy.SHARED)
                .with(TraceAdditions.NONE.withAnswerRegion());
        return new RunPlan(
                folder.resolve("run"),
                dataset,
                study.filtered(dataset),
                study.images(dataset),
                TinyStudy.checkpoint(),
                TinyStudy.loading(),
                settings,
                Portion.ALL,
                0,
                false,
                Optional.of(new RegionSource.Ocr(files)));
    }

    @Test
    void linesHoldTheRegionsCuts() throws Exception {
        RunPlan plan = plan(Dataset.DOCVQA, ocr);
        List<AnsweredQuestion> samples = TinyStudy.read(plan).questions();
        try (VisionLanguageModel model = Families.load(TinyStudy.checkpoint(), TinyStudy.loading())) {
            try (TraceRun run = TinyStudy.open(plan, samples)) {
                run.trace(List.of(model), Progress.NONE, () -> false);
                RunReport report = run.finish();
                assertThat(report.traced()).isEqualTo(6);
                assertThat(report.withoutRegion()).isEqualTo(5);
            }
            List<JsonNode> lines = TinyStudy.lines(plan.folder());
            JsonNode line = lines.get(0);
            assertThat(line.at("/region/boxes").toString()).isEqualTo("[[0.0,0.0,24.0,12.0]]");
            assertThat(line.at("/region/random_boxes").booleanValue()).isTrue();
            compare(model, plan, samples.get(0), line);
            assertThat(lines.subList(1, 6))
                    .allSatisfy(other -> assertThat(other.get("whole_depth")).isEmpty());
            assertThat(lines.get(1).get("no_region").asText()).contains("does not say the answer");
            assertThat(lines.get(5).get("no_region").asText()).isEqualTo("there is no abcd0002_3.json");
            assertThat(elsewhere(model, plan, samples))
                    .isEqualTo(lines.stream().map(one -> one.get("whole_depth")).toList());
        }
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                ResultSet rows = duck.createStatement()
                        .executeQuery("SELECT DISTINCT intervention FROM '"
                                + plan.folder().resolve("whole_depth.parquet") + "' ORDER BY 1")) {
            List<String> names = new ArrayList<>();
            while (rows.next()) {
                names.add(rows.getString(1));
            }
            assertThat(names).containsExactlyInAnyOrderElementsOf(RegionTracks.names(true));
        }
    }

    @Test
    void boxesOfAnyDataset() throws Exception {
        RunPlan pages = plan(Dataset.VQAV2, ocr);
        List<AnsweredQuestion> samples = TinyStudy.read(pages).questions();
        Path file = folder.resolve("boxes.json");
        RunPlan plan = new RunPlan(
                pages.folder(),
                pages.dataset(),
                pages.samples(),
                pages.images(),
                pages.model(),
                pages.loading(),
                pages.settings(),
                Portion.ALL,
                0,
                false,
                Optional.of(new RegionSource.Boxes(file)));
        Files.writeString(file, "{\"" + samples.get(0).id() + "\": [[1, 2, 3.5, 4], [5, 6, 7, 8]], \"77\": []}");
        Map<Long, AnswerRegion> regions = AnswerRegions.of(plan, samples);
        assertThat(regions.get(samples.get(0).id()).boxes())
                .containsExactly(new PixelBox(1, 2, 3.5, 4), new PixelBox(5, 6, 7, 8));
        assertThat(regions.get(samples.get(0).id()).on(640, 480).get(0)).isEqualTo(new PixelBox(1, 2, 3.5, 4));
        assertThat(regions.get(samples.get(1).id()).missing()).isEqualTo("there is no box of it");
        Files.writeString(file, "{\"987654\": []}");
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> AnswerRegions.of(plan, samples))
                .withMessageContaining("holds none of these questions");
        for (String wrong :
                List.of("[]", "{\"a\": []}", "{\"1\": [[1,2,3]]}", "{\"1\": [[3,2,1,4]]}", "{\"1\": 3}", "{")) {
            Files.writeString(file, wrong);
            assertThatExceptionOfType(InputException.class)
                    .as(wrong)
                    .isThrownBy(() -> AnswerRegions.of(plan, samples))
                    .withMessageContaining(file.toString())
                    .withMessageContaining("boxes by question");
        }
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> AnswerRegions.of(pages, samples))
                .withMessageContaining("--ocr: is given, but vqav2 has no OCR files");
    }

    /** What goes to a cluster and comes back is text. */
    private static List<JsonNode> elsewhere(VisionLanguageModel model, RunPlan plan, List<AnsweredQuestion> samples) {
        Map<String, String> contents = PictureHashes.of(
                plan.images(), samples.stream().map(AnsweredQuestion::image).toList());
        Map<Long, AnswerRegion> regions = AnswerRegions.of(plan, samples);
        List<String> sent = samples.stream()
                .map(sample -> TraceJob.sample(sample, contents, null, false, regions.get(sample.id())))
                .toList();
        try (StudyCheckpoint checkpoint = StudyCheckpoint.open(plan.model(), plan.loading());
                TraceJob job = new TraceJob(TraceJob.job(plan, checkpoint).task(), model)) {
            return job.work(sent).stream()
                    .map(text -> TraceJob.result(text).outcome().get("whole_depth"))
                    .toList();
        }
    }

    /** Two patches: 24 of 50 pixels are two of four columns, 12 one row. */
    private static void compare(VisionLanguageModel model, RunPlan plan, AnsweredQuestion sample, JsonNode line) {
        Map<String, JsonNode> whole = new HashMap<>();
        line.get("whole_depth")
                .forEach(one -> whole.put(
                        one.get("intervention").asText() + " "
                                + one.get("masking").asText(),
                        one));
        assertThat(whole).hasSize(2 * RegionTracks.names(true).size());
        BitSet tokens = new BitSet();
        tokens.set(1, 3);
        List<Track> tracks = new ArrayList<>();
        for (Masking masking : Masking.values()) {
            for (Target target : Target.values()) {
                tracks.add(Track.wholeDepth(RegionCut.of(RegionCut.INSIDE, tokens, target, Medium.IMAGE), masking));
            }
        }
        ModelInputs inputs = model.processor()
                .encode(
                        plan.images().resolve(sample.image()),
                        Dataset.DOCVQA.prompt().fill(sample.question().text(), List.of()));
        SweepRequest request = new SweepRequest(
                        inputs.prompt(), sample.answerTokens(), List.of(), List.of(), List.of(), RowReading.PAPER, 0.6)
                .withTracks(tracks);
        try (VisionMemory seen = model.see(inputs.picture())) {
            Trace trace = new NaiveSweep(model).run(request, seen, Progress.NONE);
            trace.tracked().forEach(curve -> {
                JsonNode rows = whole.get(curve.intervention().name() + " " + curve.masking())
                        .get("token_probability");
                for (int token = 0; token < trace.baseline().length; token++) {
                    assertThat(rows.get(token).get(0).doubleValue())
                            .isCloseTo(curve.tokenProbability()[token][0], within(1e-5));
                }
            });
        }
    }

    @Test
    void foldersThatCannotBeAreRefused() {
        refused(plan(Dataset.DOCVQA, folder.resolve("none")), "does not exist");
        refused(plan(Dataset.DOCVQA, study.images(Dataset.DOCVQA)), "holds no OCR file of these samples");
        refused(plan(Dataset.VQAV2, ocr), "has no OCR files");
    }

    private static void refused(RunPlan plan, String told) {
        List<AnsweredQuestion> samples = TinyStudy.read(plan).questions();
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> TinyStudy.open(plan, samples).close())
                .withMessageContaining(told);
    }
}
