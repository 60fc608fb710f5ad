package sightline.ask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import sightline.app.CommandRun;
import sightline.console.Console;
import sightline.error.InputException;
import sightline.family.Families;
import sightline.knockout.Masking;
import sightline.knockout.RowReading;
import sightline.knockout.SweepRequest;
import sightline.knockout.Trace;
import sightline.model.LoadOptions;
import sightline.model.ModelInputs;
import sightline.model.VisionLanguageModel;
import sightline.model.VisionMemory;
import sightline.option.Tracing;
import sightline.sweep.Strategy;
import sightline.sweep.Sweep;
import sightline.tensor.DType;
import sightline.terminal.Glyphs;
import sightline.terminal.Look;
import sightline.text.PromptFormat;

class QuestionTracerTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Console console = new Console(
            new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            StandardCharsets.UTF_8,
            new Look(Glyphs.UNICODE, false),
            false,
            Duration.ofDays(1),
            true);

    @Test
    void numbersThatTheNaiveSweepDoesNotGiveAreNotShown() {
        Path picture = Path.of(CommandRun.image("small_50x50.png"));
        Tracing tracing = new Tracing(
                List.of("image_to_last"), List.of(1), RowReading.PAPER, Masking.PAPER, 0.6, Strategy.SHARED, false, 1);
        try (VisionLanguageModel model = Families.load(
                        Path.of(CommandRun.TINY10), LoadOptions.defaults().withDType(DType.FLOAT32));
                Sweeps sweeps = new Sweeps(model)) {
            QuestionTracer tracer =
                    new QuestionTracer(tracing, sweeps, AskWork.on(console), CommandRun.TINY10, picture.toString());
            ModelInputs inputs =
                    model.processor().encode(picture, PromptFormat.of("plain").fill("What is it?", List.of()));
            try (VisionMemory seen = model.see(inputs.picture())) {
                SweepRequest request = tracing.request(
                        inputs.prompt(), new int[] {7}, model.rules().interventions());
                Sweep right = Strategy.SHARED.sweep(model);
                Trace trace = tracer.sweep(right, request, seen);
                assertThat(trace.baseline()[0]).isPositive();
                assertThat(err.toString(StandardCharsets.UTF_8)).contains("verified with the naive sweep");
                err.reset();

                Sweep halving = (asked, looked, progress) -> halved(right.run(asked, looked, progress));
                InputException refused =
                        catchThrowableOfType(InputException.class, () -> tracer.sweep(halving, request, seen));
                assertThat(refused)
                        .hasMessageContaining("the question about " + picture + ": its numbers are not shown")
                        .hasMessageContaining("differ by 1.0e+00 of a token's probability");
                assertThat(CommandRun.failed(console, refused)).isEqualTo(1);
                assertThat(err.toString(StandardCharsets.UTF_8)).contains("its numbers are not shown");
            }
        }
    }

    private static Trace halved(Trace trace) {
        return new Trace(
                trace.request(),
                Arrays.stream(trace.baseline()).map(p -> p / 2).toArray(),
                trace.uncut(),
                trace.candidates(),
                trace.curves(),
                trace.plan());
    }
}
