package sightline.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import sightline.checkpoint.RandomWeights;
import sightline.golden.TestDevice;
import sightline.image.ImageTiles;
import sightline.knockout.Act;
import sightline.knockout.HeadSilencing;
import sightline.knockout.Intervention;
import sightline.knockout.Interventions;
import sightline.knockout.JointCut;
import sightline.knockout.KeepOnly;
import sightline.knockout.Masking;
import sightline.knockout.Medium;
import sightline.knockout.Reading;
import sightline.knockout.RegionCut;
import sightline.knockout.RowReading;
import sightline.knockout.SweepRequest;
import sightline.knockout.TokenSet;
import sightline.knockout.Trace;
import sightline.knockout.Track;
import sightline.llama.LlamaConfig;
import sightline.llama.RopeScaling;
import sightline.llava.Activation;
import sightline.llava.ClipConfig;
import sightline.llava.Llava;
import sightline.llava.LlavaConfig;
import sightline.model.Progress;
import sightline.model.VisionLanguageModel;
import sightline.model.VisionMemory;
import sightline.tensor.DType;
import sightline.text.EncodedPrompt;
import sightline.text.TokenRole;

/** Where image rows are text rows, the shared sweep equals the naive one in whatever is asked. */
class LlavaSweepsAgreeTest {
    private static final double TOLERANCE = 1e-9;
    private static final int VOCABULARY = 40;
    private static final int IMAGE_TOKEN = 7;
    private static final int SIDE = 10;

    /** Patches of 4 pixels of which two a side fit, and the class token. */
    private static final LlavaConfig CONFIG = new LlavaConfig(
            new LlamaConfig(6, 16, 24, 4, 2, VOCABULARY, 1e-5, 10000, new RopeScaling.Linear(2), 64),
            new ClipConfig(3, 8, 12, 2, SIDE, 4, Activation.QUICK_GELU, 1e-5),
            IMAGE_TOKEN,
            2,
            true,
            Activation.GELU,
            false);

    private static VisionLanguageModel model;
    private static VisionMemory seen;

    @BeforeAll
    static void load() {
        model = Llava.of(
                new RandomWeights(CONFIG, 5, false), TestDevice.options().withDType(DType.FLOAT64));
        seen = model.see(picture(5));
    }

    @AfterAll
    static void free() {
        seen.close();
        model.close();
    }

    private static ImageTiles picture(long seed) {
        Random random = new Random(seed);
        float[] pixels = new float[3 * SIDE * SIDE];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = random.nextFloat() * 2 - 1;
        }
        return new ImageTiles(SIDE, 1, 1, 1, 1, pixels);
    }

    /** Two rows, the image's five, and words in all roles. */
    private static EncodedPrompt prompt(long seed) {
        List<TokenRole> roles = new ArrayList<>(List.of(TokenRole.TEMPLATE, TokenRole.TEMPLATE));
        IntStream.range(0, CONFIG.pictureTokens().all()).forEach(row -> roles.add(TokenRole.IMAGE));
        roles.addAll(List.of(
                TokenRole.QUESTION,
                TokenRole.QUESTION,
                TokenRole.INSTRUCTION,
                TokenRole.CHOICES,
                TokenRole.CHOICES,
                TokenRole.TEMPLATE));
        int[] ids = words(roles.size(), seed);
        for (int row = 0; row < ids.length; row++) {
            ids[row] = roles.get(row) == TokenRole.IMAGE ? IMAGE_TOKEN : row < 2 ? row : ids[row];
        }
        return new EncodedPrompt("", ids, roles.toArray(TokenRole[]::new));
    }

    private static int[] words(int count, long seed) {
        return new Random(seed).ints(count, IMAGE_TOKEN + 1, VOCABULARY).toArray();
    }

    private static SweepRequest request(long seed, Masking masking, List<Intervention> asked) {
        return new SweepRequest(
                prompt(seed),
                words(3, seed + 1),
                asked,
                List.of(1, 3),
                List.of(masking),
                RowReading.TRANSFORMERS,
                SweepRequest.PUBLISHED_TEMPERATURE);
    }

    @ParameterizedTest
    @EnumSource
    void inEveryNamedPathway(Masking masking) {
        Interventions named = model.rules().interventions();
        assertThat(named.all()).hasSizeGreaterThan(70);
        Trace trace = agreed(request(3, masking, List.copyOf(named.all().values())));
        assertThat(trace.curves()).hasSize(2 * named.all().size());
    }

    @ParameterizedTest
    @EnumSource
    void inRegionsHeadsAndWhatIsCutTogetherOrKeptAlone(Masking masking) {
        Interventions named = model.rules().interventions();
        BitSet region = new BitSet();
        region.set(2, 4);
        List<Intervention> asked = new ArrayList<>();
        for (RegionCut.Target target : RegionCut.Target.values()) {
            asked.add(RegionCut.of(RegionCut.INSIDE, region, target, Medium.TEXT));
            asked.add(RegionCut.outside(region, seen.tokens(), target, Medium.TEXT));
        }
        JointCut.subsets(named.named(JointCut.PATHWAYS)).forEach(subset -> asked.add(JointCut.of(subset)));
        asked.add(KeepOnly.nothing());
        asked.add(KeepOnly.of(named.named(List.of("image_to_last", "question_text_to_last"))));
        TokenSet everything = new TokenSet.Complement(new TokenSet.Union(List.of()));
        asked.add(new Intervention("everything_to_all", Act.cut(Medium.TEXT, everything, everything)));
        asked.removeIf(one -> !one.allows(masking));
        List<Track> heads =
                new ArrayList<>(HeadSilencing.atReadOut(Optional.empty()).each(model.shape()));
        heads.addAll(HeadSilencing.atAllRows(Optional.empty()).each(model.shape()));
        agreed(request(3, masking, asked).withTracks(heads));
    }

    @Test
    void inWhatIsReadInside() {
        Interventions named = model.rules().interventions();
        SweepRequest request = request(3, Masking.ZERO, named.named(Interventions.PUBLISHED))
                .alsoReading(List.of(
                        new Reading.Lens(3),
                        new Reading.Attention(List.of(0, 4, 8)),
                        new Reading.Gates(),
                        new Reading.Edges()));
        Trace shared = new SharedSweep(model).run(request, seen, Progress.NONE);
        InsideNumbers.assertSound(shared, model.shape());
        InsideNumbers.assertEqual(shared, new NaiveSweep(model).run(request, seen, Progress.NONE), 1e-6);
    }

    /** What is read inside changes no number, and neither do parts, other questions before, or a picture seen anew. */
    @Test
    void nothingDependsOnWhatElseIsAskedOfThePicture() {
        List<Intervention> asked = model.rules().interventions().named(Interventions.PUBLISHED);
        SweepRequest request = request(3, Masking.PAPER, asked);
        double[] numbers;
        long before;
        try (VisionMemory anew = model.see(picture(5))) {
            before = anew.bytes();
            numbers = RandomSample.numbers(new SharedSweep(model).run(request, anew, Progress.NONE));
            long rows = 2L + CONFIG.pictureTokens().all();
            LlamaConfig text = CONFIG.text();
            long states = (text.layers() - 1L) * text.hidden();
            long keysAndValues = 2L * text.layers() * text.keyValueHeads() * text.headSize();
            long kept = before + rows * (states + keysAndValues) * Double.BYTES;
            assertThat(anew.bytes()).isEqualTo(kept);
            new SharedSweep(model).run(request(9, Masking.ZERO, asked), anew, Progress.NONE);
            model.logits(prompt(11), anew, RowReading.TRANSFORMERS);
            assertThat(anew.bytes()).as("for all questions once").isEqualTo(kept);
            assertThat(RandomSample.numbers(new SharedSweep(model).run(request, anew, Progress.NONE)))
                    .isEqualTo(numbers);
            SweepRequest inside = request.alsoReading(List.of(new Reading.Attention()));
            assertThat(RandomSample.numbers(new SharedSweep(model).run(inside, anew, Progress.NONE)))
                    .isEqualTo(numbers);
        }
        try (VisionMemory other = model.see(picture(6))) {
            assertThat(RandomSample.numbers(new SharedSweep(model).run(request, other, Progress.NONE)))
                    .isNotEqualTo(numbers);
        }
    }

    /** Templates may put the picture anywhere; at the prompt's end the last of its rows is read out. */
    @ParameterizedTest
    @CsvSource({"0, 1", "0, 0", "2, 3", "2, 0"})
    void whereverThePictureStands(int before, int behind) {
        int image = CONFIG.pictureTokens().all();
        for (TokenRole role : List.of(TokenRole.TEMPLATE, TokenRole.QUESTION)) {
            TokenRole[] roles = new TokenRole[before + image + behind];
            Arrays.fill(roles, role);
            Arrays.fill(roles, before, before + image, TokenRole.IMAGE);
            int[] ids = words(roles.length, 4);
            Arrays.fill(ids, before, before + image, IMAGE_TOKEN);
            EncodedPrompt prompt = new EncodedPrompt("", ids, roles);
            Interventions named = model.rules().interventions();
            for (Masking masking : Masking.values()) {
                agreed(new SweepRequest(
                        prompt,
                        words(2, 6),
                        named.named(Interventions.PUBLISHED),
                        List.of(3),
                        List.of(masking),
                        RowReading.TRANSFORMERS,
                        SweepRequest.PUBLISHED_TEMPERATURE));
            }
            float[][] states = model.hiddenStates(prompt, seen, RowReading.TRANSFORMERS);
            assertThat(states).hasNumberOfRows(CONFIG.text().layers() + 1);
            assertThat(model.logits(prompt, seen, RowReading.TRANSFORMERS)).hasSize(VOCABULARY);
        }
    }

    private static Trace agreed(SweepRequest request) {
        Trace shared = new SharedSweep(model).run(request, seen, Progress.NONE);
        Trace naive = new NaiveSweep(model).run(request, seen, Progress.NONE);
        assertThat(Arrays.stream(RandomSample.numbers(shared)).allMatch(Double::isFinite))
                .isTrue();
        assertThat(shared.largestDifference(naive)).isLessThan(TOLERANCE);
        return shared;
    }
}
