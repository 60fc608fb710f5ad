package sightline.training;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import sightline.checkpoint.MllamaConfig;
import sightline.dataset.Dataset;
import sightline.image.ImageTiles;
import sightline.world.Scene;
import sightline.world.World;

/** Computes gradients on its own pictures, on its own thread. One pointer scope a batch keeps memory flat. */
final class Worker implements AutoCloseable {
    private final MllamaConfig config;
    private final Prompter prompter;
    private final LabelHeads heads;
    private final VisionTwin vision;
    private final TextTwin text;
    private final Replica replica;

    /** How one step went: sums, so that those of several workers can be added. */
    record Outcome(double answerLoss, int answerTokens, double labelLoss, int questions, Score score) {}

    Worker(MllamaConfig config, Parameters parameters, Prompter prompter, LabelHeads heads) {
        this.config = config;
        this.prompter = prompter;
        this.heads = heads;
        vision = new VisionTwin(config.vision());
        text = new TextTwin(config.text());
        replica = new Replica(parameters);
    }

    /** The gradients of the last step. */
    Tensor gradient() {
        return replica.gradient();
    }

    /**
     * One step's gradient, on pictures that only the seed decides.
     *
     * @param seed another one for each step and worker
     */
    Outcome step(Stage stage, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<Dataset, List<Scene>> byStyle = new EnumMap<>(Dataset.class); // one style a batch: rows of like length
        for (int i = 0; i < stage.pictures(); i++) {
            Scene scene = World.scene(random.nextLong(), stage.mix());
            byStyle.computeIfAbsent(scene.questions().get(0).style(), style -> new ArrayList<>())
                    .add(scene);
        }
        int tokens = 0;
        if (stage.asks()) {
            for (List<Scene> scenes : byStyle.values()) {
                tokens += scenes.stream()
                        .flatMap(scene -> scene.questions().stream())
                        .mapToInt(question -> prompter.whole(question).answer().length)
                        .sum();
            }
        }
        replica.gradient().zero_();
        double answerLoss = 0;
        double labelLoss = 0;
        Score score = new Score();
        for (List<Scene> scenes : byStyle.values()) {
            double share = scenes.size() / (double) stage.pictures();
            try (PointerScope scope = new PointerScope()) {
                Tensor memory = see(scenes);
                Tensor loss = heads.compare(
                                replica,
                                memory,
                                scenes.stream().map(Scene::labels).toList())
                        .loss();
                labelLoss += loss.item_float() * share;
                loss = loss.mul(new Scalar((stage.asks() ? Recipe.LABELS : 1) * share));
                if (stage.asks()) {
                    Tensor answers = answers(scenes, memory, stage.cuts(), random, score);
                    answerLoss += answers.item_float();
                    loss = loss.add(answers.div(new Scalar((double) tokens)));
                }
                loss.backward();
            }
        }
        return new Outcome(answerLoss, tokens, labelLoss, score.questions(), score);
    }

    private Tensor see(List<Scene> scenes) {
        List<ImageTiles> pictures =
                scenes.stream().map(scene -> prompter.picture(scene.picture())).toList();
        return vision.apply(replica, PictureBatch.of(pictures, config.vision()));
    }

    /** Sum of −log p over all answer tokens. */
    private Tensor answers(List<Scene> scenes, Tensor memory, CutRule cuts, SplittableRandom random, Score score) {
        List<PackedSequence> sequences = new ArrayList<>();
        List<CutPlan> plans = new ArrayList<>();
        int[] tiles = new int[scenes.size()];
        for (int i = 0; i < tiles.length; i++) {
            Scene scene = scenes.get(i);
            sequences.add(PackedSequence.of(
                    scene.questions().stream().map(prompter::whole).toList(), config.imageToken()));
            plans.add(cuts.pick(scene.questions().get(0).style(), random));
            tiles[i] = scene.tileRows() * scene.tileColumns();
        }
        TextBatch batch = TextBatch.of(sequences, tiles, plans, config);
        Tensor rows = torch.index_select(
                text.apply(replica, batch, memory), 0, sightline.tensor.Arrays.indices(batch.answerRows()));
        Tensor logits = text.logits(replica, rows);
        score.add(scenes.stream().flatMap(scene -> scene.questions().stream()).toList(), logits, batch);
        return Maths.crossEntropySum(logits, sightline.tensor.Arrays.indices(batch.targets()));
    }

    @Override
    public void close() {
        replica.close();
    }
}
