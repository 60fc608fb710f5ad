package sightline.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sightline.app.CommandRun;
import sightline.family.Families;
import sightline.knockout.Curve;
import sightline.knockout.Intervention;
import sightline.knockout.Interventions;
import sightline.knockout.Masking;
import sightline.knockout.RowReading;
import sightline.knockout.SweepRequest;
import sightline.knockout.Trace;
import sightline.model.LoadOptions;
import sightline.model.ModelInputs;
import sightline.model.Progress;
import sightline.model.VisionLanguageModel;
import sightline.model.VisionMemory;
import sightline.sweep.NaiveSweep;
import sightline.sweep.SharedSweep;
import sightline.sweep.VerifiedSweep;
import sightline.tensor.DType;
import sightline.text.PromptFormat;
import sightline.training.DemoCheckpoint;

/** Every named pathway on the trained model of the demo: the shared sweep against the naive one. */
class DemoPathwaysTest {
    /** A change, relative to the uncut probability, that no rounding makes. */
    private static final double MOVED = 1e-3;

    /** It has edges, but what the template reads of the image token hardly matters here. */
    private static final String TOO_LITTLE = "image_token_to_template";

    @TempDir
    private Path checkpoint;

    @BeforeEach
    void write() throws IOException {
        for (String name : DemoCheckpoint.FILES) {
            try (InputStream in = DemoCheckpoint.open(name)) {
                Files.copy(in, checkpoint.resolve(name));
            }
        }
    }

    @Test
    void sharedEqualsNaive() {
        try (VisionLanguageModel model =
                Families.load(checkpoint, LoadOptions.defaults().withDType(DType.FLOAT32))) {
            ModelInputs inputs = model.processor()
                    .encode(
                            Path.of(CommandRun.image("small_50x50.png")),
                            PromptFormat.of("visual7w")
                                    .fill("What colour is the circle?", List.of("Red.", "Blue.", "Green.", "Pink.")));
            int[] answer = model.processor().answerTokens("Red.");
            SweepRequest request = new SweepRequest(
                    inputs.prompt(),
                    answer,
                    model.rules().interventions().all().values().stream()
                            .filter(DemoPathwaysTest::isBetweenRoles)
                            .toList(),
                    List.of(3),
                    List.of(Masking.values()),
                    RowReading.PAPER,
                    SweepRequest.PUBLISHED_TEMPERATURE);
            VerifiedSweep sweep = new VerifiedSweep(new SharedSweep(model), new NaiveSweep(model), 1, DType.FLOAT32);
            try (VisionMemory seen = model.see(inputs.picture())) {
                Trace trace = sweep.sample(false).run(request, seen, Progress.NONE); // throws if the two differ
                assertThat(sweep.verified()).isEqualTo(1);
                Set<String> moved = new TreeSet<>();
                for (Curve curve : trace.curves()) {
                    if (moves(curve, trace.baseline())) {
                        moved.add(curve.intervention().name());
                    }
                }
                for (Intervention pathway : request.interventions()) {
                    boolean expected = request.canChange(pathway, seen.tokens())
                            && !pathway.name().equals(TOO_LITTLE);
                    assertThat(moved.contains(pathway.name()))
                            .as("%s moves a probability", pathway)
                            .isEqualTo(expected);
                }
            }
        }
    }

    /** The begin token alone hardly matters to this model. */
    private static boolean isBetweenRoles(Intervention pathway) {
        return Interventions.textSources().stream()
                .noneMatch(source -> pathway.name().startsWith(source + "_to_"));
    }

    private static boolean moves(Curve curve, double[] baseline) {
        for (int token = 0; token < baseline.length; token++) {
            for (double p : curve.tokenProbability()[token]) {
                if (Math.abs(p - baseline[token]) > MOVED * baseline[token]) {
                    return true;
                }
            }
        }
        return false;
    }
}
