package sightline.mllama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sightline.family.Families;
import sightline.golden.Golden;
import sightline.golden.GoldenInputs;
import sightline.image.ImageTiles;
import sightline.knockout.Medium;
import sightline.knockout.RowReading;
import sightline.knockout.SweepRequest;
import sightline.model.Answer;
import sightline.model.Decoding;
import sightline.model.LoadOptions;
import sightline.model.ModelInputs;
import sightline.model.Progress;
import sightline.model.VisionMemory;
import sightline.sweep.NaiveSweep;
import sightline.sweep.SharedSweep;
import sightline.sweep.Sweep;

/** What is closed, or belongs to another model, is refused in Java: native code would read foreign memory. */
class OwnershipTest {
    private final Golden golden = Golden.open("tiny10");
    private Mllama model;
    private ModelInputs inputs;
    private VisionMemory seen;
    private SweepRequest request;

    @BeforeEach
    void load() {
        model = (Mllama) Families.load(golden.checkpoint(), LoadOptions.defaults());
        inputs = GoldenInputs.of(golden.cases().get(0), model.processor());
        seen = model.see(inputs.picture());
        request = SweepRequest.published(
                model.rules().interventions(), inputs.prompt(), new int[] {313, 364}, List.of(1));
    }

    @AfterEach
    void close() {
        seen.close();
        model.close();
        golden.close();
    }

    static Stream<Function<Mllama, Sweep>> sweeps() {
        return Stream.of(NaiveSweep::new, SharedSweep::new);
    }

    @ParameterizedTest
    @MethodSource("sweeps")
    void closingWhileASweepRunsTakesEffectBehindIt(Function<Mllama, Sweep> strategy) {
        double[] undisturbed = last(strategy.apply(model), Progress.NONE);
        double[] closedMeanwhile = last(strategy.apply(model), (done, all) -> {
            model.close();
            seen.close();
        });
        assertThat(closedMeanwhile).containsExactly(undisturbed);
        assertThatIllegalStateException()
                .isThrownBy(() -> strategy.apply(model).run(request, seen, Progress.NONE))
                .withMessageContaining("the model");
        assertThatIllegalStateException()
                .isThrownBy(() -> model.processor().decode(new int[] {5}))
                .withMessageContaining("tokeniser");
    }

    private double[] last(Sweep sweep, Progress progress) {
        return sweep.run(request, seen, progress).curves().get(3).probability();
    }

    @Test
    void closingWhileTheModelAnswersTakesEffectBehindIt() {
        Answer answer =
                model.answer(inputs.prompt(), seen, RowReading.TRANSFORMERS, Decoding.greedy(3), (done, all) -> {
                    seen.close();
                    model.close();
                });
        assertThat(answer.tokens()).containsExactly(313, 364, 364);
        assertThat(answer.text()).isNotEmpty();
        assertThatIllegalStateException().isThrownBy(() -> model.see(inputs.picture()));
    }

    @ParameterizedTest
    @MethodSource("sweeps")
    void aClosedMemoryIsRefused(Function<Mllama, Sweep> strategy) {
        seen.close();
        seen.close();
        assertThatIllegalStateException()
                .isThrownBy(() -> strategy.apply(model).run(request, seen, Progress.NONE))
                .withMessageContaining("vision memory");
        assertThatIllegalStateException().isThrownBy(() -> model.answer(inputs, seen, Decoding.greedy(1)));
    }

    /** Even of an equal model: its numbers would be right, those of a fine-tuned one would not. */
    @ParameterizedTest
    @MethodSource("sweeps")
    void anotherModelsMemoryIsRefused(Function<Mllama, Sweep> strategy) {
        try (Mllama other = (Mllama) Families.load(golden.checkpoint(), LoadOptions.defaults());
                VisionMemory foreign = other.see(inputs.picture())) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> strategy.apply(model).run(request, foreign, Progress.NONE))
                    .withMessageContaining("another model");
            assertThatIllegalArgumentException().isThrownBy(() -> model.answer(inputs, foreign, Decoding.greedy(1)));
        }
    }

    @Test
    void tilesOfAnotherProcessorAreRefused() {
        ImageTiles smaller = new ImageTiles(14, 1, 1, 1, 4, new float[4 * 3 * 14 * 14]);
        ImageTiles fewer = new ImageTiles(56, 1, 1, 1, 1, new float[3 * 56 * 56]);
        for (ImageTiles tiles : List.of(smaller, fewer)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> model.see(tiles))
                    .withMessageContaining("expected 4 tiles of 56 pixels");
        }
    }

    @Test
    void aLayerOfTheOtherKindIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.decoder().imageBlock(0))
                .withMessage("layer 0 reads text");
        int cross = model.shape().layersOf(Medium.IMAGE).get(0);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.decoder().textBlock(cross))
                .withMessage("layer " + cross + " reads the picture");
    }
}
