package sightline.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sightline.dataset.Dataset;
import sightline.mllama.MllamaProcessor;
import sightline.world.Mix;
import sightline.world.Scene;
import sightline.world.SceneQuestion;
import sightline.world.World;

/** Where questions are to look, and how far they are from it. */
class LooksTest {
    private static final int HEADS = 4;
    private static final int GROUPS = 2;
    private static final int SIZE = 3;
    private static final int ROWS = 5;
    private static final int TOKENS = 6;

    @TempDir
    private Path folder;

    /** By loops over the definition: two heads of the first group, token 5 masked, tokens 1 and 2 to be looked at. */
    @Test
    void theLossIsMinusTheLogarithmOfTheAttentionThatFallsRightly() {
        Random random = new Random(1);
        float[] q = numbers(random, 2 * ROWS * HEADS * SIZE);
        float[] k = numbers(random, 2 * TOKENS * GROUPS * SIZE);
        float[] mask = new float[2 * ROWS * TOKENS];
        for (int i = 5; i < mask.length; i += TOKENS) {
            mask[i] = Float.NEGATIVE_INFINITY;
        }
        float[] shown = new float[TOKENS];
        Arrays.fill(shown, Float.NEGATIVE_INFINITY);
        shown[1] = 0;
        shown[2] = 0;
        int row = ROWS + 3; // of the second sequence
        double expected = 0;
        for (int head = 0; head < HEADS / GROUPS; head++) {
            double all = 0;
            double right = 0;
            for (int token = 0; token < 5; token++) {
                double score = 0;
                for (int i = 0; i < SIZE; i++) {
                    score += q[(row * HEADS + head) * SIZE + i] * k[(TOKENS + token) * GROUPS * SIZE + i];
                }
                double weight = Math.exp(score / Math.sqrt(SIZE));
                all += weight;
                right += token == 1 || token == 2 ? weight : 0;
            }
            expected -= Math.log(right / all) / (HEADS / GROUPS);
        }
        try (PointerScope scope = new PointerScope()) {
            Looks looks =
                    new Looks(new int[] {row}, new int[] {1}, sightline.tensor.HostArrays.tensor(shown, 1, TOKENS));
            Tensor loss = looks.loss(
                    sightline.tensor.HostArrays.tensor(q, 2, ROWS, HEADS, SIZE),
                    sightline.tensor.HostArrays.tensor(k, 2, TOKENS, GROUPS, SIZE),
                    sightline.tensor.HostArrays.tensor(mask, 2, 1, ROWS, TOKENS));
            assertThat((double) loss.item_float()).isCloseTo(expected, within(1e-5));
        }
    }

    private static float[] numbers(Random random, int count) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) random.nextGaussian();
        }
        return numbers;
    }

    @Test
    void questionsLookAtWhatGivesTheirAnswer() {
        TrainDemo demo = new TrainDemo(folder, 1);
        demo.prepare();
        int looks = 0;
        try (MllamaProcessor processor = MllamaProcessor.load(folder, demo.config())) {
            Prompter prompter = new Prompter(processor, demo.config().imageToken(), demo.stopToken());
            for (int seed = 0; seed < 60; seed++) {
                Scene scene = World.scene(seed, Mix.all());
                int[] colours = values(scene, "colour");
                for (SceneQuestion question : scene.questions()) {
                    PackedSequence.Whole whole = prompter.whole(question);
                    String end = processor.decode(new int[] {whole.prompt()[whole.asked()]});
                    assertThat(end.strip()).isEqualTo("?");
                    assertThat(whole.shownAt()).hasSameSizeAs(question.shownAt().toArray());
                    if (question.kind().startsWith("count_")) {
                        assertThat(question.shownAt())
                                .hasSize(scene.tileRows() * scene.tileColumns())
                                .allMatch(token -> token % 37 == 0);
                    }
                    if (List.of("colour_of", "colour_beside").contains(question.kind())) {
                        for (int i = 0; i < whole.shownAt().length; i++) {
                            int token = whole.shownAt()[i];
                            int patch = token / 37 * 36 + token % 37 - 1;
                            if (colours[patch] >= 0) {
                                looks++;
                                assertThat(COLOURS[colours[patch]]).isEqualTo(question.answer());
                            }
                        }
                    }
                }
            }
        }
        assertThat(looks).isGreaterThan(50);
    }

    /** Sequences of one question and of several, filled up to one length: each look is at its own question's mark. */
    @Test
    void packedQuestionsLookFromTheirOwnRows() {
        TrainDemo demo = new TrainDemo(folder, 1);
        demo.prepare();
        try (MllamaProcessor processor = MllamaProcessor.load(folder, demo.config());
                PointerScope scope = new PointerScope()) {
            Prompter prompter = new Prompter(processor, demo.config().imageToken(), demo.stopToken());
            Mix open = Mix.of(Dataset.VQAV2);
            List<Scene> scenes = List.of(
                    World.scene(1, open.withQuestions(1)),
                    World.scene(2, open.withQuestions(6)),
                    World.scene(3, open.withQuestions(3)));
            List<PackedSequence> packed = scenes.stream()
                    .map(scene -> PackedSequence.of(
                            scene.questions().stream().map(prompter::whole).toList(),
                            demo.config().imageToken()))
                    .toList();
            int[] tiles = scenes.stream()
                    .mapToInt(scene -> scene.tileRows() * scene.tileColumns())
                    .toArray();
            TextBatch batch =
                    TextBatch.of(packed, tiles, Collections.nCopies(scenes.size(), CutPlan.NONE), demo.config());
            long[] ids = sightline.tensor.HostArrays.longs(batch.ids());
            float[] shown = sightline.tensor.HostArrays.floats(batch.looks().shown());
            int vision = shown.length / batch.looks().count();

            int look = 0;
            for (int i = 0; i < scenes.size(); i++) {
                for (SceneQuestion question : scenes.get(i).questions()) {
                    int row = batch.looks().rows()[look];
                    assertThat(batch.looks().sequences()[look]).isEqualTo(i);
                    assertThat(row / batch.rows()).isEqualTo(i);
                    assertThat(processor.decode(new int[] {(int) ids[row]}).strip())
                            .isEqualTo("?");
                    List<Integer> at = new ArrayList<>();
                    for (int token = 0; token < vision; token++) {
                        if (shown[look * vision + token] == 0) {
                            at.add(token);
                        }
                    }
                    assertThat(at).containsExactlyInAnyOrderElementsOf(question.shownAt());
                    look++;
                }
            }
            assertThat(look).isEqualTo(batch.looks().count()).isGreaterThan(6);
        }
    }

    private static final String[] COLOURS = {
        "red", "orange", "yellow", "light green", "dark green", "blue", "light blue", "purple"
    };

    private static int[] values(Scene scene, String task) {
        return scene.labels().stream()
                .filter(labels -> labels.task().equals(task))
                .findFirst()
                .orElseThrow()
                .values();
    }
}
