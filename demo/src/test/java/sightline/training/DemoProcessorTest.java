package sightline.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sightline.checkpoint.GenerationConfig;
import sightline.dataset.Dataset;
import sightline.error.InputException;
import sightline.image.ImageProcessorConfig;
import sightline.image.ImageTiles;
import sightline.llama.LlamaConfig;
import sightline.llama.RopeScaling;
import sightline.mllama.AspectRatio;
import sightline.mllama.MllamaConfig;
import sightline.mllama.MllamaProcessor;
import sightline.mllama.TextConfig;
import sightline.mllama.VisionConfig;
import sightline.text.ChatTemplate;
import sightline.text.EncodedPrompt;
import sightline.text.LlamaTokenizer;
import sightline.text.PromptEncoder;
import sightline.text.TokenRole;
import sightline.world.Mix;
import sightline.world.Scene;
import sightline.world.SceneQuestion;
import sightline.world.World;
import sightline.writing.LearntProcessor;

class DemoProcessorTest {
    private static final long UNSEEN = 1_000_000;

    @TempDir
    static Path folder;

    private static LearntProcessor processor;

    @BeforeAll
    static void write() {
        processor = DemoProcessor.learn();
        processor.write(folder);
    }

    private static Stats promptStats() {
        Stats stats = new Stats();
        try (LlamaTokenizer tokenizer = LlamaTokenizer.load(folder)) {
            PromptEncoder prompts = new PromptEncoder(
                    ChatTemplate.load(folder),
                    tokenizer,
                    processor.imageToken(),
                    MllamaProcessor.PROMPT_RULES,
                    Optional.empty());
            for (long seed = UNSEEN; seed < UNSEEN + 200; seed++) {
                for (SceneQuestion question : World.scene(seed, Mix.all()).questions()) {
                    EncodedPrompt prompt =
                            prompts.encode(question.style().prompt().fill(question.question(), question.choices()));
                    stats.add(prompt, tokenizer.encode(question.answer()).ids(), question, tokenizer);
                }
            }
        }
        return stats;
    }

    private static final class Stats {
        int longestQuestion;
        int longestAnswer;
        int prompts;

        void add(EncodedPrompt prompt, int[] answer, SceneQuestion question, LlamaTokenizer tokenizer) {
            int asked = 0;
            for (TokenRole role : prompt.roles()) {
                asked += role == TokenRole.QUESTION ? 1 : 0;
            }
            longestQuestion = Math.max(longestQuestion, asked);
            longestAnswer = Math.max(longestAnswer, answer.length);
            prompts++;
            assertThat(tokenizer.decode(answer, true)).isEqualTo(question.answer());
            assertThat(tokenizer.decode(prompt.ids(), false)).isEqualTo(prompt.rendered());
        }
    }

    @Test
    void theEngineReadsThem() {
        try (LlamaTokenizer tokenizer = LlamaTokenizer.load(folder)) {
            assertThat(tokenizer.specialId("<|image|>")).contains(processor.vocabularySize());
            assertThat(tokenizer.vocabularySize()).isEqualTo(processor.vocabularySize() + 1);
            assertThat(processor.imageToken()).isEqualTo(processor.vocabularySize());
            assertThat(tokenizer.specialId("<|begin_of_text|>"))
                    .contains(processor.specialTokens().begin());
            assertThat(tokenizer.specialId("<|eot_id|>"))
                    .contains(processor.specialTokens().end().get(0));
        }
        ImageProcessorConfig pictures = ImageProcessorConfig.read(folder.resolve("preprocessor_config.json"));
        assertThat(pictures.tile()).isEqualTo(World.TILE);
        assertThat(pictures.maxTiles()).isEqualTo(World.MAX_TILES);
    }

    @Test
    void aModelOfThisVocabularyTakesThem() {
        TextConfig text = new TextConfig(
                new LlamaConfig(
                        5, 32, 64, 4, 2, processor.vocabularySize(), 1e-5, 10_000, new RopeScaling.Plain(), 4096),
                new TreeSet<>(List.of(3)));
        VisionConfig vision = new VisionConfig(
                1,
                1,
                32,
                64,
                4,
                3,
                World.TILE,
                World.PATCH,
                World.MAX_TILES,
                1e-5,
                List.of(0),
                AspectRatio.upTo(World.MAX_TILES),
                64);
        MllamaConfig config = new MllamaConfig(text, vision, processor.imageToken());
        GenerationConfig generation = GenerationConfig.read(folder.resolve("generation_config.json"), config);
        assertThat(generation.endTokens())
                .containsExactlyInAnyOrderElementsOf(processor.specialTokens().end());
        Scene scene = World.scene(UNSEEN, Mix.all());
        try (MllamaProcessor processor = MllamaProcessor.load(folder, config)) {
            ImageTiles tiles = processor.picture(scene.picture());
            assertThat(tiles.rows()).isEqualTo(scene.tileRows());
            assertThat(tiles.columns()).isEqualTo(scene.tileColumns());
        }
    }

    @Test
    void promptsAreShortAndComeBackAsTheyWere() {
        Stats stats = promptStats();
        assertThat(stats.prompts).isGreaterThan(1500);
        assertThat(stats.longestQuestion).isBetween(8, 20);
        assertThat(stats.longestAnswer).isEqualTo(4);
    }

    @Test
    void theFinalTemplateIsOneToken() {
        try (LlamaTokenizer tokenizer = LlamaTokenizer.load(folder)) {
            PromptEncoder prompts = new PromptEncoder(
                    ChatTemplate.load(folder),
                    tokenizer,
                    processor.imageToken(),
                    MllamaProcessor.PROMPT_RULES,
                    Optional.empty());
            SceneQuestion question = World.scene(UNSEEN, Mix.all()).questions().get(0);
            EncodedPrompt prompt =
                    prompts.encode(question.style().prompt().fill(question.question(), question.choices()));
            int last = prompt.ids().length - 1;
            assertThat(prompt.ids()[0]).isEqualTo(processor.specialTokens().begin());
            assertThat(prompt.ids()[1]).isEqualTo(processor.imageToken());
            assertThat(prompt.ids()[last])
                    .isEqualTo(processor.specialTokens().end().get(0));
            assertThat(prompt.roles()[last - 1]).isIn(TokenRole.QUESTION, TokenRole.CHOICES);
        }
    }

    @Test
    void wordsAreOneTokenAndDigitsNeverMore() {
        try (LlamaTokenizer tokenizer = LlamaTokenizer.load(folder)) {
            for (String word : List.of("Yes", "No", " circle", " triangle", "triangle", "PARIS", " picture", "robot")) {
                assertThat(tokenizer.encode(word).ids()).as(word).hasSize(1);
            }
            assertThat(tokenizer.encode("47").ids()).hasSize(2);
            assertThat(tokenizer.encode("26 OCT").ids()).hasSize(3);
            assertThat(tokenizer.encode("12.5").ids()).hasSize(4);
        }
    }

    /** So instructions are as short as the split allows. */
    @Test
    void noWordOfThePublishedInstructionsIsTwoTokens() throws IOException {
        JsonNode steps = new ObjectMapper()
                .readTree(folder.resolve("tokenizer.json").toFile())
                .at("/pre_tokenizer/pretokenizers");
        Pattern split = Pattern.compile(steps.get(0).at("/pattern/Regex").asText());
        try (LlamaTokenizer tokenizer = LlamaTokenizer.load(folder)) {
            for (Dataset style : Dataset.values()) {
                List<String> choices =
                        style.prompt().choices() == 0 ? List.of() : List.of("red", "blue", "orange", "purple");
                String text = style.prompt().fill("Where is the dog?", choices).text();
                long words = split.matcher(text).results().count();
                assertThat(tokenizer.encode(text).ids()).hasSize((int) words);
            }
        }
    }

    @Test
    void anyTextSurvives() {
        try (LlamaTokenizer tokenizer = LlamaTokenizer.load(folder)) {
            for (String text : List.of("Ärger? 100 € für Zoë's café", "\t\n  x\r\n", "絵に何がありますか", "🐕‍🦺")) {
                assertThat(tokenizer.decode(tokenizer.encode(text).ids(), false))
                        .isEqualTo(text);
            }
        }
    }

    @Test
    void writingTwiceGivesTheSameBytes(@TempDir Path other) throws Exception {
        DemoProcessor.learn().write(other);
        try (var written = Files.list(folder)) {
            for (Path file : written.toList()) {
                assertThat(other.resolve(file.getFileName())).hasSameBinaryContentAs(file);
            }
        }
    }

    @Test
    void aFolderThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> processor.write(folder.resolve("none")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("none");
    }
}
