package sightline.training;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import sightline.checkpoint.MllamaConfig;
import sightline.dataset.Dataset;
import sightline.image.ImageTiles;
import sightline.world.Scene;
import sightline.world.SceneQuestion;
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
    record Outcome(double answerLoss, int answerTokens, double lookLoss, int looks, double labelLoss, Score score) {}

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
        List<SceneQuestion> asked = byStyle.values().stream()
                .flatMap(List::stream)
                .flatMap(scene -> scene.questions().stream())
                .toList();
        int tokens = 0;
        int looks = 0;
        for (SceneQuestion question : stage.asks() ? asked : List.<SceneQuestion>of()) {
            tokens += prompter.whole(question).answer().length;
            looks += question.shownAt().isEmpty() ? 0 : 1;
        }
        replica.gradient().zero_();
        double answerLoss = 0;
        double lookLoss = 0;
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
                    Losses losses = ask(scenes, memory, stage.cuts(), random, score);
                    answerLoss += losses.answers().item_float();
                    loss = loss.add(losses.answers().div(new Scalar((double) tokens)));
                    if (losses.looks().isPresent()) {
                        lookLoss += losses.looks().get().item_float();
                        loss = loss.add(losses.looks().get().mul(new Scalar(Recipe.LOOKS / looks)));
                    }
                }
                loss.backward();
            }
        }
        return new Outcome(answerLoss, tokens, lookLoss, looks, labelLoss, score);
    }

    private Tensor see(List<Scene> scenes) {
        List<ImageTiles> pictures =
                scenes.stream().map(scene -> prompter.picture(scene.picture())).toList();
        return vision.apply(replica, PictureBatch.of(pictures, config.vision()));
    }

    /**
     * Sums with gradients.
     *
     * @param answers of −log p over all answer tokens
     * @param looks as in {@link Looks#loss}
     */
    private record Losses(Tensor answers, Optional<Tensor> looks) {}

    private Losses ask(List<Scene> scenes, Tensor memory, CutRule cuts, SplittableRandom random, Score score) {
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
        List<Tensor> looks = new ArrayList<>();
        Tensor hidden = text.apply(replica, batch, memory, Recipe.LOOKING, looks::add);
        Tensor rows = torch.index_select(hidden, 0, sightline.tensor.Arrays.indices(batch.answerRows()));
        Tensor logits = text.logits(replica, rows);
        score.add(scenes.stream().flatMap(scene -> scene.questions().stream()).toList(), logits, batch);
        return new Losses(
                Maths.crossEntropySum(logits, sightline.tensor.Arrays.indices(batch.targets())),
                looks.stream().findFirst());
    }

    @Override
    public void close() {
        replica.close();
    }
}
