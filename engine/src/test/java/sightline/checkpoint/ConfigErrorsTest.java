package sightline.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sightline.error.InputException;
import sightline.family.Families;
import sightline.mllama.MllamaConfig;

/** Each wrong value of {@code config.json} is refused with a message that names it. */
class ConfigErrorsTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir
    Path folder;

    /** Section, field, its new JSON value ({@code -} removes it), and what the message must say. */
    @ParameterizedTest(name = "{0}.{1} = {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            text_config   | hidden_act              | "gelu"             | `text_config.hidden_act` is "gelu". Expected "silu"
            text_config   | hidden_act              | -                  | has no `text_config.hidden_act`
            text_config   | model_type              | "llama"            | `text_config.model_type` is "llama"
            text_config   | attention_bias          | true               | `text_config.attention_bias` is true. Expected false
            text_config   | mlp_bias                | true               | `text_config.mlp_bias` is true. Expected false
            text_config   | tie_word_embeddings     | true               | the embedding table has 8 rows more than the head
            text_config   | partial_rotary_factor   | 0.5                | `text_config.partial_rotary_factor` is 0.5. Expected 1
            text_config   | head_dim                | 32                 | Expected hidden_size / num_attention_heads = 16
            text_config   | hidden_size             | -                  | has no `text_config.hidden_size`. Expected an integer
            text_config   | hidden_size             | "64"               | `text_config.hidden_size` is "64". Expected an integer
            text_config   | hidden_size             | 64.5               | `text_config.hidden_size` is 64.5. Expected an integer
            text_config   | hidden_size             | 3000000000         | `text_config.hidden_size` is 3000000000. Expected an integer
            text_config   | hidden_size             | 66                 | `text_config.num_attention_heads` is 4. Expected a divisor of `text_config.hidden_size`, which is 66
            text_config   | hidden_size             | 60                 | heads of even size
            text_config   | num_key_value_heads     | 3                  | `text_config.num_key_value_heads` is 3. Expected a divisor of `text_config.num_attention_heads`, which is 4
            text_config   | num_hidden_layers       | 0                  | `text_config.num_hidden_layers` is 0. Expected an integer from 1 to 4096
            text_config   | num_hidden_layers       | 8                  | `text_config.cross_attention_layers` is [3, 8]. Expected layers from 0 to 7
            text_config   | num_hidden_layers       | 2000000000         | Expected an integer from 1 to 4096
            text_config   | cross_attention_layers  | [8, 3]             | is [8,3]. Expected layers in increasing order, each once
            text_config   | cross_attention_layers  | [3, 3]             | is [3,3]. Expected layers in increasing order, each once
            text_config   | cross_attention_layers  | [-1, 3]            | is [-1, 3]. Expected layers from 0 to 9
            text_config   | cross_attention_layers  | []                 | is []. Expected one layer or more
            text_config   | cross_attention_layers  | 3                  | is 3. Expected a list of integers
            text_config   | vocab_size              | -1                 | `text_config.vocab_size` is -1
            text_config   | rms_norm_eps            | 0                  | `text_config.rms_norm_eps` is 0.0. Expected a positive number
            text_config   | rope_theta              | -                  | has no `text_config.rope_theta`. Expected a number
            text_config   | rope_theta              | 1e999              | `text_config.rope_theta` is Infinity. Expected a positive number
            text_config   | max_position_embeddings | 0                  | `text_config.max_position_embeddings` is 0
            text_config   | rope_scaling            | 8                  | `text_config.rope_scaling` is 8. Expected an object
            text_config   | rope_scaling            | {"factor": 8}      | has no `text_config.rope_scaling.rope_type`
            text_config   | rope_scaling            | {"type": "ntk"}    | `text_config.rope_scaling.type` is "ntk". Expected "default", "linear" or "llama3"
            text_config   | rope_parameters         | {"rope_type": "x"} | only one of `rope_parameters` and `rope_scaling`
            rope_scaling  | rope_type               | "yarn"             | `text_config.rope_scaling.rope_type` is "yarn". Expected "default", "linear" or "llama3"
            rope_scaling  | factor                  | 0.5                | `rope_scaling.factor` is 0.5. Expected a number, 1 or more
            rope_scaling  | factor                  | -                  | has no `text_config.rope_scaling.factor`
            rope_scaling  | low_freq_factor         | 0                  | `rope_scaling.low_freq_factor` is 0.0
            rope_scaling  | high_freq_factor        | 1                  | Expected a number above `low_freq_factor`, which is 1.0
            vision_config | hidden_act              | "quick_gelu"       | `vision_config.hidden_act` is "quick_gelu". Expected "gelu"
            vision_config | model_type              | "clip"             | `vision_config.model_type` is "clip"
            vision_config | attention_heads         | 5                  | `vision_config.attention_heads` is 5. Expected a divisor of `vision_config.hidden_size`
            vision_config | num_global_layers       | -3                 | `vision_config.num_global_layers` is -3
            vision_config | num_channels            | 1                  | `vision_config.num_channels` is 1. Expected 3
            vision_config | patch_size              | 15                 | Expected a divisor of `vision_config.image_size`, which is 56
            vision_config | image_size              | 1000000            | `vision_config.image_size` is 1000000. Expected an integer from 1 to 4096
            vision_config | max_num_tiles           | 3                  | Expected the arrangements of up to 3 tiles in this order: [1x1, 1x2, 1x3, 2x1, 3x1]
            vision_config | max_num_tiles           | 100000             | `vision_config.max_num_tiles` is 100000. Expected an integer from 1 to 64
            vision_config | supported_aspect_ratios | [[1,1],[2,1]]      | `vision_config.supported_aspect_ratios` is [1x1, 2x1]
            vision_config | supported_aspect_ratios | [[1]]              | is [[1]]. Expected a list of [rows, columns]
            vision_config | supported_aspect_ratios | [[1,1.5]]          | is [[1,1.5]]. Expected a list of [rows, columns]
            vision_config | norm_eps                | null               | has no `vision_config.norm_eps`
            vision_config | intermediate_layers_indices | [1, 4]         | is [1, 4]. Expected layers from 0 to 3 in increasing order
            vision_config | intermediate_layers_indices | [3, 1]         | is [3, 1]. Expected layers from 0 to 3 in increasing order
            vision_config | vision_output_dim       | 64                 | `vision_config.vision_output_dim` is 64. Expected 96
            .             | model_type              | "llama"            | is of a text-only model (`model_type` "llama")
            .             | model_type              | "qwen2_vl"         | `model_type` is "qwen2_vl". Expected "mllama" or "llava"
            .             | model_type              | -                  | has no `model_type`
            .             | architectures           | ["Other"]          | `architectures` is ["Other"]
            .             | quantization_config     | {"bits": 4}        | has a `quantization_config`
            .             | vision_config           | -                  | has no `vision_config`. Expected an object
            .             | image_token_index       | 608                | `image_token_index` is 608. Expected a row of the embedding table, 0 to 607
            """)
    void refuses(String section, String field, String value, String message) throws JsonProcessingException {
        Path file = Folders.copy(Folders.TINY10, folder.resolve("copy")).resolve("config.json");
        var json = value.equals("-") ? null : MAPPER.readTree(value);
        Folders.editJson(file, root -> {
            ObjectNode object =
                    switch (section) {
                        case "." -> root;
                        case "rope_scaling" -> root.withObject("text_config").withObject(section);
                        default -> root.withObject(section);
                    };
            if (json == null) {
                object.remove(field);
            } else {
                object.set(field, json);
            }
        });
        if (value.equals("1e999")) {
            // The editing library writes infinity as text.
            Folders.replace(file, "\"Infinity\"", "1e999");
        }
        InputException error = catchThrowableOfType(InputException.class, () -> Families.open(file.getParent()));
        assertThat(error).as("config.json was accepted").isNotNull();
        assertThat(error).hasMessageContaining(message);
        assertThat(error.place()).isEqualTo(file.toString());
        assertThat(error.nextStep()).isNotBlank();
    }

    @ParameterizedTest(name = "generation {0} = {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            eos_token_id | [-1]   | `eos_token_id` is [-1]. Expected token ids, none negative
            eos_token_id | 600    | `eos_token_id` is 600. Expected tokens of the vocabulary, 0 to 599
            eos_token_id | "end"  | `eos_token_id` is "end". Expected an integer
            temperature  | -0.1   | `temperature` is -0.1. Expected a number of at least 0
            temperature  | "0"    | `temperature` is "0". Expected a number
            top_p        | 1.5    | `top_p` is 1.5. Expected a number from 0 to 1
            top_p        | -1     | `top_p` is -1.0. Expected a number from 0 to 1
            """)
    void refusesGeneration(String field, String value, String message) throws JsonProcessingException {
        Path copy = Folders.copy(Folders.TINY10, folder.resolve("copy"));
        Path file = copy.resolve("generation_config.json");
        var json = value.equals("-") ? null : MAPPER.readTree(value);
        Folders.editJson(file, root -> {
            if (json == null) {
                root.remove(field);
            } else {
                root.set(field, json);
            }
        });
        InputException error = catchThrowableOfType(InputException.class, () -> Families.open(copy));
        assertThat(error).isNotNull().hasMessageContaining(message);
        assertThat(error.place()).isEqualTo(file.toString());
        assertThat(error.nextStep()).contains("generation_config.json");
    }

    @Test
    void pointsAtBrokenJson() {
        assertBroken("{\n  \"a\": 1,\n  oops\n}", "line 3, column ");
        assertBroken("{\"a\": 1, \"a\": 2}", "Duplicate field 'a'");
        assertBroken("{} {}", "is not valid JSON at line 1");
        assertBroken("", "is empty");
        assertBroken("[1]", "is a JSON array");
        assertBroken("version https://git-lfs.github.com/spec/v1\noid sha256:00\n", "git lfs pull");
    }

    private void assertBroken(String text, String message) {
        Path file = Folders.write(folder.resolve("config.json"), text);
        InputException error = catchThrowableOfType(InputException.class, () -> MllamaConfig.read(file));
        assertThat(error).as("accepted: " + text).isNotNull().hasMessageContaining(message);
        assertThat(error.place()).isEqualTo(file.toString());
    }
}
