package sightline.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import sightline.image.ImageTiles;
import sightline.knockout.Act;
import sightline.knockout.Layout;
import sightline.knockout.Masking;
import sightline.knockout.Medium;
import sightline.knockout.RowReading;
import sightline.knockout.TokenSet;
import sightline.mllama.Mllama;
import sightline.mllama.MllamaConfig;
import sightline.model.LoadOptions;
import sightline.model.VisionMemory;
import sightline.sweep.FullPass;
import sightline.tensor.DType;
import sightline.tensor.HostArrays;
import sightline.tensor.Scope;
import sightline.tensor.TensorOwner;
import sightline.text.TokenRole;

/** What is trained is what is traced: the twin computes what the engine computes, however questions are packed. */
class TwinTest {
    private static final int VOCABULARY = 120;
    private static final MllamaConfig CONFIG = DemoSizes.config(VOCABULARY, VOCABULARY);
    private static final double TOLERANCE = 1e-4;
    private final Random random = new Random(5);

    @Test
    void equalsTheEngine() {
        compare(List.of(CutPlan.NONE, CutPlan.NONE, CutPlan.NONE));
    }

    @Test
    void cutsLikeTheEnginesZeroMasking() {
        CutPlan last = new CutPlan(Set.of(3, 13), Set.of());
        CutPlan question = new CutPlan(Set.of(8), Set.of(3, 13));
        compare(List.of(last, question, CutPlan.NONE));
    }

    private void compare(List<CutPlan> plans) {
        List<ImageTiles> pictures = List.of(picture(1, 1, 1), picture(1, 2, 2), picture(2, 2, 6));
        List<PackedSequence> sequences = new ArrayList<>();
        for (int i = 0; i < pictures.size(); i++) {
            sequences.add(sequence(i + 1));
        }
        try (PointerScope scope = new PointerScope();
                Parameters parameters = new Parameters(CONFIG.weights());
                Replica replica = new Replica(parameters)) {
            randomise(parameters);
            PictureBatch batch = PictureBatch.of(pictures, CONFIG.vision());
            Tensor memory = new VisionTwin(CONFIG.vision()).apply(replica, batch);
            TextTwin twin = new TextTwin(CONFIG.text());
            TextBatch text = TextBatch.of(sequences, batch.tiles(), plans, CONFIG);
            Tensor hidden = twin.apply(replica, text, memory);
            Tensor rows =
                    org.bytedeco.pytorch.global.torch.index_select(hidden, 0, HostArrays.indices(text.answerRows()));
            float[] logits = HostArrays.floats(twin.logits(replica, rows));
            try (Mllama engine = Mllama.of(
                    new LiveWeights(CONFIG, parameters), LoadOptions.defaults().withDType(DType.FLOAT32))) {
                int row = 0;
                for (int i = 0; i < sequences.size(); i++) {
                    for (PackedSequence.Branch branch : sequences.get(i).branches()) {
                        for (int token = 0; token < branch.answer().length; token++, row++) {
                            float[] expected =
                                    engine(engine, pictures.get(i), sequences.get(i), branch, token, plans.get(i));
                            float[] twins = Arrays.copyOfRange(logits, row * VOCABULARY, (row + 1) * VOCABULARY);
                            assertThat(expected[0]).isFinite();
                            for (int v = 0; v < VOCABULARY; v++) {
                                assertThat((double) twins[v]).isCloseTo(expected[v], within(TOLERANCE));
                            }
                        }
                    }
                }
                assertThat(row).isEqualTo(text.answerRows().length);
            }
        }
    }

    /** Logits of one answer token, by the engine, in a sequence of its own. */
    private static float[] engine(
            Mllama engine,
            ImageTiles picture,
            PackedSequence packed,
            PackedSequence.Branch branch,
            int token,
            CutPlan plan) {
        int prefix = packed.prefix().length;
        int rows = prefix + branch.firstAnswerRow() + token + 1;
        int[] ids = Arrays.copyOf(packed.prefix(), rows);
        for (int row = prefix; row < rows; row++) {
            ids[row] = branch.token(row - prefix);
        }
        int firstLast = prefix + branch.firstAnswerRow();
        TokenRole[] roles = new TokenRole[rows];
        Arrays.fill(roles, TokenRole.QUESTION);
        roles[packed.imagePosition()] = TokenRole.IMAGE;
        try (VisionMemory seen = engine.see(picture);
                TensorOwner.Use use = engine.use(seen);
                Scope scope = Scope.open()) {
            FullPass pass =
                    new FullPass(engine, seen, new Layout(roles, 0, seen.tokens()), RowReading.TRANSFORMERS, ids);
            Tensor x = pass.run(layer -> acts(plan, layer, firstLast, rows), Masking.ZERO);
            return HostArrays.floats(engine.decoder().logits(x.narrow(0, rows - 1L, 1)));
        }
    }

    private static List<Act> acts(CutPlan plan, int layer, int firstLast, int rows) {
        BitSet targets = new BitSet();
        targets.set(0, firstLast, plan.cutsQuestion(layer));
        targets.set(firstLast, rows, plan.cutsLast(layer));
        return List.of(Act.cut(Medium.IMAGE, new TokenSet.Rows(targets), new TokenSet.ImageTokens()));
    }

    private void randomise(Parameters parameters) {
        Initial.fill(parameters, 1);
        float[] noise = new float[Math.toIntExact(parameters.size())];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (float) (0.05 * random.nextGaussian());
        }
        parameters.values().add_(HostArrays.tensor(noise, noise.length));
    }

    private ImageTiles picture(int rows, int columns, int id) {
        float[] pixels = new float[4 * 3 * 48 * 48];
        for (int i = 0; i < rows * columns * 3 * 48 * 48; i++) {
            pixels[i] = (float) random.nextGaussian();
        }
        return new ImageTiles(48, rows, columns, id, 4, pixels);
    }

    private PackedSequence sequence(int branches) {
        int[] prefix = tokens(9);
        prefix[3] = CONFIG.imageToken();
        List<PackedSequence.Whole> wholes = new ArrayList<>();
        for (int i = 0; i < branches; i++) {
            int[] rest = tokens(4 + i);
            rest[0] = i; // so that nothing more is shared
            int[] prompt = Arrays.copyOf(prefix, 9 + rest.length);
            System.arraycopy(rest, 0, prompt, 9, rest.length);
            wholes.add(new PackedSequence.Whole(prompt, tokens(1 + i), 0, new int[0]));
        }
        return PackedSequence.of(wholes, CONFIG.imageToken());
    }

    private int[] tokens(int count) {
        return random.ints(count, 0, VOCABULARY).toArray();
    }
}
