package sightline.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import sightline.dataset.Dataset;
import sightline.image.ImageTiles;
import sightline.knockout.Act;
import sightline.knockout.Layout;
import sightline.knockout.Masking;
import sightline.knockout.Medium;
import sightline.knockout.RowReading;
import sightline.knockout.TokenSet;
import sightline.model.VisionLanguageModel;
import sightline.model.VisionMemory;
import sightline.sweep.FullPass;
import sightline.tensor.Cores;
import sightline.tensor.HostArrays;
import sightline.tensor.Scope;
import sightline.tensor.TensorOwner;
import sightline.world.Mix;
import sightline.world.Scene;
import sightline.world.SceneQuestion;
import sightline.world.World;

/**
 * How well a trained checkpoint answers about pictures that it never saw, and whether it looks at them: with another
 * picture or a grey one, and with the picture cut off in all layers, it must do no better than chance.
 *
 * <p>Run by the engine, as any checkpoint. An answer is right if each of its tokens and the stop token behind it is the
 * likeliest, which is what greedy decoding would say.
 */
final class Evaluation {
    /** What is done to the model or its picture, by name. */
    private static final Map<String, Variant> VARIANTS = variants();

    private final VisionLanguageModel model;
    private final Prompter prompter;

    /** Which picture is shown, and for which rows it is cut off in all layers. */
    private record Variant(Shown shown, boolean cutsQuestion, boolean cutsLast, Masking masking) {}

    private enum Shown {
        ITS_OWN,
        ANOTHERS,
        GREY
    }

    Evaluation(VisionLanguageModel model, Prompter prompter) {
        this.model = model;
        this.prompter = prompter;
    }

    private static Map<String, Variant> variants() {
        Map<String, Variant> all = new LinkedHashMap<>();
        all.put("its own picture", new Variant(Shown.ITS_OWN, false, false, Masking.PAPER));
        all.put("another's picture", new Variant(Shown.ANOTHERS, false, false, Masking.PAPER));
        all.put("a grey picture", new Variant(Shown.GREY, false, false, Masking.PAPER));
        for (Masking masking : Masking.values()) {
            all.put("image_to_question cut, " + masking, new Variant(Shown.ITS_OWN, true, false, masking));
            all.put("image_to_last cut, " + masking, new Variant(Shown.ITS_OWN, false, true, masking));
            all.put("both cut, " + masking, new Variant(Shown.ITS_OWN, true, true, masking));
        }
        return all;
    }

    /**
     * Asks one question about each of some unseen pictures of each style.
     *
     * @param pictures of each style
     * @return by variant
     */
    Map<String, Results> run(int pictures) {
        Map<String, Results> results = new LinkedHashMap<>();
        VARIANTS.keySet().forEach(name -> results.put(name, new Results()));
        try (Cores.Held cores = Cores.of(model.config().parameters())) { // once for thousands of small answers
            for (Dataset style : Dataset.values()) {
                Scene before = scene(style, pictures);
                for (int i = 0; i < pictures; i++) {
                    Scene scene = scene(style, i);
                    ask(scene, before, results);
                    before = scene;
                }
            }
        }
        return results;
    }

    private static Scene scene(Dataset style, int number) {
        long seed = Seeds.heldOut(style.toString().hashCode() * 1_000_003L + 500_000 + number);
        return World.scene(seed, Mix.of(style).withQuestions(1));
    }

    private void ask(Scene scene, Scene other, Map<String, Results> results) {
        SceneQuestion question = scene.questions().get(0);
        ImageTiles own = prompter.picture(scene.picture());
        Map<Shown, ImageTiles> pictures = Map.of(
                Shown.ITS_OWN,
                own,
                Shown.ANOTHERS,
                prompter.picture(other.picture()),
                Shown.GREY,
                new ImageTiles(
                        own.tile(),
                        own.rows(),
                        own.columns(),
                        own.aspectRatioId(),
                        own.maxTiles(),
                        new float[own.pixels().length]));
        pictures.forEach((shown, picture) -> {
            try (VisionMemory seen = model.see(picture)) {
                VARIANTS.forEach((name, variant) -> {
                    if (variant.shown() == shown) {
                        results.get(name).add(question, answer(question, seen, variant));
                    }
                });
            }
        });
    }

    /** Whether the likeliest tokens are the right ones, and the answer's probability at temperature 1. */
    record Given(boolean right, double probability) {}

    private Given answer(SceneQuestion question, VisionMemory seen, Variant variant) {
        PackedSequence.Whole whole = prompter.whole(question);
        int prompt = whole.prompt().length;
        int[] answer = whole.answer();
        int[] ids = Arrays.copyOf(whole.prompt(), prompt + answer.length - 1);
        System.arraycopy(answer, 0, ids, prompt, answer.length - 1);
        List<Act> acts = new ArrayList<>();
        if (variant.cutsQuestion()) {
            acts.add(cut(0, prompt - 1));
        }
        if (variant.cutsLast()) {
            acts.add(cut(prompt - 1, ids.length));
        }
        Layout layout = new Layout(prompter.prompt(question).roles(), answer.length - 1, seen.tokens());
        try (TensorOwner.Use use = model.use(seen);
                Scope scope = Scope.open()) {
            Tensor hidden = new FullPass(model, seen, layout, RowReading.TRANSFORMERS, ids)
                    .run(layer -> acts, variant.masking());
            Tensor logits = model.decoder().logits(hidden.narrow(0, prompt - 1L, answer.length));
            long[] said = HostArrays.longs(logits.argmax(new LongOptional(1), false));
            float[] each = HostArrays.floats(torch.log_softmax(logits, 1)
                    .gather(1, HostArrays.indices(answer).unsqueeze(1)));
            boolean right = true;
            double sum = 0;
            for (int i = 0; i < answer.length; i++) {
                right &= said[i] == answer[i];
                sum += each[i];
            }
            return new Given(right, Math.exp(sum));
        }
    }

    private static Act cut(int first, int end) {
        BitSet rows = new BitSet();
        rows.set(first, end);
        return Act.cut(Medium.IMAGE, new TokenSet.Rows(rows), new TokenSet.ImageTokens());
    }

    /** All answers of one variant. */
    static final class Results {
        private final List<SceneQuestion> questions = new ArrayList<>();
        private final List<Given> given = new ArrayList<>();

        private void add(SceneQuestion question, Given answer) {
            questions.add(question);
            given.add(answer);
        }

        List<SceneQuestion> questions() {
            return questions;
        }

        List<Given> given() {
            return given;
        }
    }
}
