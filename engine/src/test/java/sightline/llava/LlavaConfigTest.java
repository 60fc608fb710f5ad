package sightline.llava;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sightline.checkpoint.Checkpoint;
import sightline.checkpoint.WeightSpec;
import sightline.error.InputException;
import sightline.golden.Golden;
import sightline.knockout.PictureTokens;
import sightline.llama.LlamaConfig;
import sightline.llama.RopeScaling;

/** What a {@code config.json} says, what it leaves out, and what is refused. */
class LlavaConfigTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Path FILE = Path.of("folder", "config.json");

    /** All that the published 7B model's names of sizes. */
    private static final String PUBLISHED = """
            {"architectures": ["LlavaForConditionalGeneration"], "model_type": "llava", "image_token_index": 32000,
             "ignore_index": -100, "projector_hidden_act": "gelu", "vision_feature_layer": -2,
             "vision_feature_select_strategy": "default", "torch_dtype": "float16",
             "text_config": {"architectures": ["LlamaForCausalLM"], "max_position_embeddings": 4096,
                             "model_type": "llama", "rms_norm_eps": 1e-05, "vocab_size": 32064},
             "vision_config": {"hidden_size": 1024, "image_size": 336, "intermediate_size": 4096,
                               "model_type": "clip_vision_model", "num_attention_heads": 16,
                               "num_hidden_layers": 24, "patch_size": 14, "projection_dim": 768}}
            """;

    private static ObjectNode published() throws JsonProcessingException {
        return (ObjectNode) MAPPER.readTree(PUBLISHED);
    }

    @Test
    void whatThePublishedFileLeavesOutIsTheReferencesDefault() throws JsonProcessingException {
        LlavaConfig config = LlavaConfig.of(FILE, published());
        assertThat(config.text())
                .isEqualTo(new LlamaConfig(32, 4096, 11008, 32, 32, 32064, 1e-5, 10000, new RopeScaling.Plain(), 4096));
        assertThat(config.vision()).isEqualTo(new ClipConfig(24, 1024, 4096, 16, 336, 14, Activation.QUICK_GELU, 1e-5));
        assertThat(config.towerLayers()).isEqualTo(23);
        assertThat(config.keepsClassToken()).isFalse();
        assertThat(config.pictureTokens()).isEqualTo(new PictureTokens(576, 576));
        assertThat(config.projectorActivation()).isEqualTo(Activation.GELU);
        assertThat(config.projectorBias()).isTrue();
    }

    /** By hand: 7.06 billion with the tower's last layer and norm, which nobody reads. */
    @Test
    void countsTheParametersThatAreRead() throws JsonProcessingException {
        long decoder = 32L * (4L * 4096 * 4096 + 3L * 4096 * 11008 + 2 * 4096) + 4096 + 2L * 32064 * 4096;
        long layer = 4L * (1024 * 1024 + 1024) + 2L * 1024 * 4096 + 4096 + 1024 + 4 * 1024;
        long tower = 23 * layer + 3L * 14 * 14 * 1024 + 1024 + 577L * 1024 + 2 * 1024;
        long projector = 1024L * 4096 + 4096 + 4096L * 4096 + 4096;
        assertThat(LlavaConfig.of(FILE, published()).parameters()).isEqualTo(decoder + tower + projector);
    }

    @Test
    void anEmptyFileIsAllDefaults() throws JsonProcessingException {
        ObjectNode bare = (ObjectNode)
                MAPPER.readTree(
                        "{\"model_type\": \"llava\", \"text_config\": {}, \"vision_config\": {}, \"image_token_index\": 31999}");
        LlavaConfig config = LlavaConfig.of(FILE, bare);
        assertThat(config.text())
                .isEqualTo(new LlamaConfig(32, 4096, 11008, 32, 32, 32000, 1e-6, 10000, new RopeScaling.Plain(), 2048));
        assertThat(config.vision()).isEqualTo(new ClipConfig(12, 768, 3072, 12, 224, 32, Activation.QUICK_GELU, 1e-5));
    }

    /** Section, field, value, and what the model then has. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            .             | vision_feature_layer           | -1     | 24 576
            .             | vision_feature_layer           | 3      | 3 576
            .             | vision_feature_layer           | -25    | 0 576
            .             | vision_feature_select_strategy | "full" | 23 577
            vision_config | image_size                     | 340    | 23 576
            vision_config | patch_size                     | 168    | 23 4
            """)
    void theTowerTellsHowManyTokensThereAre(String section, String field, String value, String found)
            throws JsonProcessingException {
        LlavaConfig config = LlavaConfig.of(FILE, changed(section, field, value));
        assertThat(config.towerLayers() + " " + config.pictureTokens().all()).isEqualTo(found);
        assertThat(config.imageRows()).isEqualTo(config.pictureTokens().valid());
    }

    /** Section, field, its new JSON value ({@code -} removes it), and what the message must say. */
    @ParameterizedTest(name = "{0}.{1} = {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            .             | model_type                     | "llava_next"   | `model_type` is "llava_next". Expected "llava"
            .             | architectures                  | ["LlavaNext"]  | `architectures` is ["LlavaNext"]
            .             | quantization_config            | {"bits": 4}    | has a `quantization_config`
            .             | text_config                    | -              | has no `text_config`. Expected an object
            .             | vision_config                  | -              | has no `vision_config`. Expected an object
            .             | image_token_index              | 32064          | `image_token_index` is 32064. Expected a row of the embedding table, 0 to 32063
            .             | projector_hidden_act           | "relu"         | `projector_hidden_act` is "relu". Expected "gelu" or "quick_gelu"
            .             | vision_feature_layer           | [-2, -5]       | `vision_feature_layer` is [-2,-5]. Expected an integer
            .             | vision_feature_layer           | 25             | `vision_feature_layer` is 25. Expected a state of the tower, -25 to 24
            .             | vision_feature_layer           | -26            | `vision_feature_layer` is -26. Expected a state of the tower, -25 to 24
            .             | vision_feature_select_strategy | "patch"        | `vision_feature_select_strategy` is "patch". Expected "default" or "full"
            .             | multimodal_projector_bias      | 1              | `multimodal_projector_bias` is 1. Expected true or false
            .             | tie_word_embeddings            | true           | `tie_word_embeddings` is true. Expected false
            text_config   | tie_word_embeddings            | true           | `text_config.tie_word_embeddings` is true. Expected false
            text_config   | model_type                     | "mistral"      | `text_config.model_type` is "mistral". Expected "llama"
            text_config   | attention_bias                 | true           | `text_config.attention_bias` is true. Expected false
            text_config   | mlp_bias                       | true           | `text_config.mlp_bias` is true. Expected false
            text_config   | hidden_act                     | "gelu"         | `text_config.hidden_act` is "gelu". Expected "silu"
            text_config   | head_dim                       | 64             | Expected hidden_size / num_attention_heads = 128
            text_config   | num_key_value_heads            | 5              | Expected a divisor of `text_config.num_attention_heads`, which is 32
            text_config   | rope_scaling                   | {"type": "dynamic", "factor": 2} | `text_config.rope_scaling.type` is "dynamic". Expected "default", "linear" or "llama3"
            text_config   | rope_scaling                   | {"type": "linear"} | has no `text_config.rope_scaling.factor`
            vision_config | model_type                     | "siglip_vision_model" | Expected "clip_vision_model"
            vision_config | hidden_act                     | "silu"         | `vision_config.hidden_act` is "silu". Expected "gelu" or "quick_gelu"
            vision_config | num_channels                   | 1              | `vision_config.num_channels` is 1. Expected 3
            vision_config | num_attention_heads            | 5              | Expected a divisor of `vision_config.hidden_size`, which is 1024
            vision_config | patch_size                     | 400            | `vision_config.patch_size` is 400. Expected an integer from 1 to 336
            """)
    void refuses(String section, String field, String value, String message) throws JsonProcessingException {
        ObjectNode json = changed(section, field, value);
        InputException error = catchThrowableOfType(InputException.class, () -> LlavaConfig.of(FILE, json));
        assertThat(error).as("config.json was accepted").isNotNull();
        assertThat(error).hasMessageContaining(message);
        assertThat(error.place()).isEqualTo(FILE.toString());
    }

    private static ObjectNode changed(String section, String field, String value) throws JsonProcessingException {
        ObjectNode json = published();
        ObjectNode object = section.equals(".") ? json : json.withObject(section);
        if (value.equals("-")) {
            object.remove(field);
        } else {
            object.set(field, MAPPER.readTree(value));
        }
        return json;
    }

    /** Of every naming scheme; what is left over is the tower's end, of which nobody needs to be told. */
    @ParameterizedTest
    @ValueSource(strings = {"llava8", "llava10"})
    void theReferencesFilesHoldEveryWeight(String name) {
        try (Golden golden = Golden.open("llava/" + name);
                Checkpoint checkpoint = Checkpoint.open(golden.checkpoint(), LlavaConfig::of)) {
            List<String> names =
                    checkpoint.config().weights().stream().map(WeightSpec::name).toList();
            assertThat(names).allMatch(checkpoint::has).doesNotHaveDuplicates();
            assertThat(checkpoint.report().warnings()).noneMatch(text -> text.contains("not used"));
            int behind = ((LlavaConfig) checkpoint.config()).towerLayers();
            String unread = LlavaWeights.TOWER + "encoder.layers." + behind + ".mlp.fc1.weight";
            assertThat(checkpoint.has(unread)).isTrue();
            assertThat(names).doesNotContain(unread);
        }
    }

    /** Its {@code text_config} leaves out what it has in common with every Llama 2. */
    @Test
    void answersEndAsTheReferencesDefaultHasIt(@TempDir Path folder) throws IOException {
        try (Golden golden = Golden.open("llava/llava8")) {
            try (Stream<Path> files = Files.list(golden.checkpoint())) {
                for (Path file : files.toList()) {
                    if (!file.endsWith("generation_config.json")) {
                        Files.copy(file, folder.resolve(file.getFileName()));
                    }
                }
            }
            try (Checkpoint checkpoint = Checkpoint.open(folder, LlavaConfig::of)) {
                assertThat(checkpoint.generation().endTokens()).containsExactly(2);
            }
        }
    }
}
