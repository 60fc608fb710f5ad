package sightline.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sightline.dataset.AnsweredQuestion;
import sightline.dataset.Dataset;
import sightline.draw.HashCircle;
import sightline.error.InputException;
import sightline.family.Families;
import sightline.knockout.HeadMeans;
import sightline.knockout.Masking;
import sightline.knockout.RowReading;
import sightline.model.Progress;
import sightline.model.VisionLanguageModel;
import sightline.sweep.Strategy;

/** Means of what heads read: over which samples, kept for whom, and refused where they do not belong. */
class HeadMeansTest {
    @TempDir
    Path folder;

    private RunPlan plan() {
        RunSettings settings = new RunSettings(
                        List.of("image_to_last"),
                        List.of(3),
                        List.of(Masking.PAPER),
                        RowReading.PAPER,
                        0.6,
                        Strategy.SHARED)
                .with(TraceAdditions.NONE.silencing(HeadFill.MEAN));
        return TinyStudy.in(folder).plan(Dataset.VQAV2, folder.resolve("run"), settings, Portion.ALL);
    }

    @Test
    void halvesAreThePicturesAtEvenAndAtOddPlaces() {
        List<AnsweredQuestion> samples = TinyStudy.read(plan()).questions();
        HeadHalves halves = new HeadHalves(Dataset.VQAV2, samples);
        List<String> circle = HashCircle.of(
                        "swap", samples.stream().map(AnsweredQuestion::image).toList())
                .names();
        assertThat(circle).hasSizeGreaterThan(1);
        for (int place = 0; place < circle.size(); place++) {
            assertThat(halves.half(circle.get(place))).isEqualTo(place % 2);
        }
        assertThat(halves.of(0, samples).size() + halves.of(1, samples).size()).isEqualTo(samples.size());
        assertThat(halves.of(1, samples).get(0).image()).isEqualTo(circle.get(1));
        List<AnsweredQuestion> fewer = samples.stream()
                .filter(sample -> !sample.image().equals(circle.get(0)))
                .toList();
        assertThat(new HeadHalves(Dataset.VQAV2, fewer).hash()).isNotEqualTo(halves.hash());
        assertThat(new HeadHalves(Dataset.VQAV2, samples).hash()).isEqualTo(halves.hash());
    }

    /** A sample that cannot be read is passed over; a token that too few have has no mean of its own. */
    @Test
    void meansAreOverWhatCanBeRead() {
        List<AnsweredQuestion> samples = TinyStudy.read(plan()).questions().subList(0, 4);
        AtomicInteger number = new AtomicInteger();
        float[][][] means = HeadCalibration.means(
                samples,
                sample -> switch (number.getAndIncrement()) {
                    case 0 -> new double[][][] {{{1, 2}}, {{5, 6}}, {{7, 8}}};
                    case 1 -> throw new InputException("a picture", "is missing", "", "");
                    case 2 -> new double[][][] {{{3, 2}}, {{6, 7}}};
                    default -> new double[][][] {{{8, 2}}};
                },
                2);
        assertThat(means).isDeepEqualTo(new float[][][] {{{4, 2}}, {{5.5f, 6.5f}}});
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> HeadCalibration.means(samples, sample -> new double[][][] {{{1}}}, 5))
                .withMessageContaining("one half of the pictures has 4 samples");
    }

    @Test
    void theFileIsMadeOnceAndRefusedElsewhere() throws IOException {
        Path file = folder.resolve("head_means.json");
        List<HeadMeans> made = HeadMeansFile.of(file, file.resolveSibling("run.lock"), "mark", "pictures", half ->
                new float[][][] {{{half, 0.1f}, {2, 3}}});
        assertThat(made.get(1).values()).isDeepEqualTo(new float[][][] {{{1, 0.1f}, {2, 3}}});
        assertThat(made.get(0)).isNotEqualTo(made.get(1));
        assertThat(HeadMeansFile.of(file, file.resolveSibling("run.lock"), "mark", "pictures", half -> {
                    throw new AssertionError("made anew");
                }))
                .isEqualTo(made);
        refused(file, "mark", "more pictures", "halves of other pictures");
        refused(file, "another", "pictures", "was made under other settings or with other weights");
        String text = Files.readString(file);
        Files.writeString(file, text.replaceFirst("\"layers\":2", "\"layers\":3"));
        refused(file, "mark", "pictures", "do not fit their hash or their number");
        Files.writeString(file, text.replaceFirst("\"values\":\"A", "\"values\":\"B"));
        refused(file, "mark", "pictures", "do not fit their hash or their number");
        Files.writeString(file, "{\"settings\":\"mark\",\"pictures_sha256\":\"pictures\"}");
        refused(file, "mark", "pictures", "has 0 halves");
        Files.writeString(file, "{");
        refused(file, "mark", "pictures", "head_means.json");
    }

    /** Two shards that begin together: whoever writes first is whom both follow. */
    @Test
    void ofSeveralThatMakeItTheFirstCounts() {
        Path file = folder.resolve("head_means.json");
        Path lock = folder.resolve("run.lock");
        List<HeadMeans> means = HeadMeansFile.of(file, lock, "mark", "pictures", half -> {
            if (half == 1) { // meanwhile another is done
                HeadMeansFile.of(file, lock, "mark", "pictures", other -> new float[][][] {{{10 + other}}});
            }
            return new float[][][] {{{half}}};
        });
        assertThat(means.get(0).values()).isDeepEqualTo(new float[][][] {{{10}}});
        assertThat(means.get(1).values()).isDeepEqualTo(new float[][][] {{{11}}});
    }

    private static void refused(Path file, String mark, String pictures, String problem) {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> HeadMeansFile.of(
                        file, file.resolveSibling("run.lock"), mark, pictures, half -> new float[0][][]))
                .withMessageContaining(problem);
    }

    /** With the model: a run's own samples are too few, and with means at hand it traces by those of the other half. */
    @Test
    void aRunReadsTheMeansOfTheOtherHalf() throws IOException {
        RunPlan plan = plan();
        List<AnsweredQuestion> samples = TinyStudy.read(plan).questions();
        try (VisionLanguageModel model = Families.load(TinyStudy.checkpoint(), TinyStudy.loading())) {
            try (TraceRun run = TinyStudy.open(plan, samples)) {
                assertThatExceptionOfType(InputException.class)
                        .isThrownBy(() -> run.trace(List.of(model), Progress.NONE, () -> false))
                        .withMessageContaining("100 or more in each half");
            }
            RunFolder run = new RunFolder(plan.folder());
            String mark = LineRules.read(run).mark().orElseThrow();
            List<HeadMeans> means = HeadMeansFile.of(
                    run.headMeans(), run.lock(), mark, new HeadHalves(Dataset.VQAV2, samples).hash(), half -> {
                        float[][][] values = new float[1][10]
                                [model.shape().heads() * model.shape().headSize()];
                        values[0][4][0] = half + 1;
                        return values;
                    });
            try (TraceRun going = TinyStudy.open(plan, samples)) {
                going.trace(List.of(model), Progress.NONE, () -> false);
                assertThat(going.finish().traced()).isEqualTo(samples.size());
            }
            HeadHalves halves = new HeadHalves(Dataset.VQAV2, samples);
            TinyStudy.lines(plan.folder()).forEach(line -> {
                int half = halves.half(line.get("image").asText());
                assertThat(line.at("/heads/means").asText())
                        .isEqualTo(means.get(1 - half).name());
                assertThat(line.at("/heads/log_odds_loss")).hasSize(10);
            });
            assertThat(means.get(0).name()).isNotEqualTo(means.get(1).name());
            assertThat((double) means.get(1).values()[0][4][0]).isCloseTo(2, within(0.0));
        }
    }
}
