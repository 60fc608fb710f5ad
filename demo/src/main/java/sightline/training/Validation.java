package sightline.training;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.StringJoiner;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import sightline.checkpoint.MllamaConfig;
import sightline.dataset.Dataset;
import sightline.image.ImageTiles;
import sightline.world.Mix;
import sightline.world.Scene;
import sightline.world.SceneQuestion;
import sightline.world.World;

/** Held-out questions put to the twin while it is trained, with nothing cut and with the picture cut off. */
final class Validation implements AutoCloseable {
    private static final int BATCH = 8;
    private static final int QUESTIONS = 7;

    private final MllamaConfig config;
    private final Prompter prompter;
    private final Replica replica;
    private final VisionTwin vision;
    private final TextTwin text;

    Validation(MllamaConfig config, Parameters parameters, Prompter prompter) {
        this.config = config;
        this.prompter = prompter;
        replica = new Replica(parameters);
        vision = new VisionTwin(config.vision());
        text = new TextTwin(config.text());
    }

    /** Held-out answers with nothing cut: pictures of each style. */
    Score answers(int pictures) {
        return answers(pictures, Map.of("whole", CutPlan.NONE)).get("whole");
    }

    /** Held-out answers with the picture cut off at one layer or at all, for the question's rows or the last one. */
    Map<String, Score> cuts(int pictures) {
        SortedSet<Integer> cross = config.text().crossAttentionLayers();
        Map<String, CutPlan> plans = new LinkedHashMap<>();
        plans.put("whole", CutPlan.NONE);
        for (int layer : cross) {
            plans.put("image->question " + layer, new CutPlan(Set.of(), Set.of(layer)));
        }
        plans.put("image->question all", new CutPlan(Set.of(), cross));
        for (int layer : cross) {
            plans.put("image->last " + layer, new CutPlan(Set.of(layer), Set.of()));
        }
        plans.put("image->last all", new CutPlan(cross, Set.of()));
        plans.put("image->both all", new CutPlan(cross, cross));
        return answers(pictures, plans);
    }

    /** Share of places told rightly by each of the label heads, in a line. */
    String labels(int pictures, LabelHeads heads) {
        double[] right = new double[heads.heads().size()];
        double[] asked = new double[right.length];
        for (int first = 0; first < pictures; first += BATCH) {
            List<Scene> scenes = new ArrayList<>();
            for (int i = first; i < Math.min(pictures, first + BATCH); i++) {
                scenes.add(World.scene(Seeds.heldOut(i), Mix.all()));
            }
            try (PointerScope scope = new PointerScope();
                    NoGradGuard guard = new NoGradGuard()) {
                List<ImageTiles> pixels = scenes.stream()
                        .map(scene -> prompter.picture(scene.picture()))
                        .toList();
                Tensor memory = vision.apply(replica, PictureBatch.of(pixels, config.vision()));
                LabelHeads.Outcome outcome = heads.compare(
                        replica, memory, scenes.stream().map(Scene::labels).toList());
                for (int task = 0; task < right.length; task++) {
                    right[task] += outcome.right()[task];
                    asked[task] += outcome.asked()[task];
                }
            }
        }
        StringJoiner line = new StringJoiner(" ");
        for (int task = 0; task < right.length; task++) {
            line.add(String.format(
                    Locale.ROOT, "%s %.3f", heads.heads().get(task).task(), right[task] / asked[task]));
        }
        return line.toString();
    }

    private Map<String, Score> answers(int pictures, Map<String, CutPlan> plans) {
        Map<String, Score> scores = new LinkedHashMap<>();
        plans.keySet().forEach(name -> scores.put(name, new Score()));
        for (Dataset style : Dataset.values()) {
            Mix mix = Mix.of(style).withQuestions(QUESTIONS);
            for (int first = 0; first < pictures; first += BATCH) {
                List<Scene> scenes = new ArrayList<>();
                for (int i = first; i < Math.min(pictures, first + BATCH); i++) {
                    scenes.add(World.scene(Seeds.heldOut(style.toString().hashCode() * 1_000_003L + i), mix));
                }
                answer(scenes, plans, scores);
            }
        }
        return scores;
    }

    private void answer(List<Scene> scenes, Map<String, CutPlan> plans, Map<String, Score> scores) {
        List<ImageTiles> pictures =
                scenes.stream().map(scene -> prompter.picture(scene.picture())).toList();
        List<SceneQuestion> questions =
                scenes.stream().flatMap(scene -> scene.questions().stream()).toList();
        List<PackedSequence> sequences = scenes.stream()
                .map(scene -> PackedSequence.of(
                        scene.questions().stream().map(prompter::whole).toList(), config.imageToken()))
                .toList();
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            PictureBatch seen = PictureBatch.of(pictures, config.vision());
            Tensor memory = vision.apply(replica, seen);
            plans.forEach((name, plan) -> {
                try (PointerScope inner = new PointerScope()) {
                    List<CutPlan> each = java.util.Collections.nCopies(scenes.size(), plan);
                    TextBatch batch = TextBatch.of(sequences, seen.tiles(), each, config);
                    Tensor rows = torch.index_select(
                            text.apply(replica, batch, memory), 0, sightline.tensor.Arrays.indices(batch.answerRows()));
                    scores.get(name).add(questions, text.logits(replica, rows), batch);
                }
            });
        }
    }

    @Override
    public void close() {
        replica.close();
    }
}
