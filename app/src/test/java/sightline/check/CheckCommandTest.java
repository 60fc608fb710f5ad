package sightline.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sightline.app.CommandRun;
import sightline.device.Cuda;
import sightline.device.CudaLibrary;

class CheckCommandTest {
    @TempDir
    private Path folder;

    private void copy(String... without) throws IOException {
        try (Stream<Path> files = Files.list(CommandRun.GOLDEN.resolve("tiny40/checkpoint"))) {
            for (Path file : files.toList()) {
                if (Stream.of(without).noneMatch(file.getFileName().toString()::equals)) {
                    Files.copy(file, folder.resolve(file.getFileName()));
                }
            }
        }
    }

    @Test
    void saysWhatACheckpointIs() throws IOException {
        copy();

        CommandRun run = CommandRun.of("check", folder.toString());

        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
        assertThat(run.out().replace(folder.toString(), "DIR")).isEqualToNormalizingNewlines("""
                        DIR
                          model       Llama 3.2-Vision (mllama), 1.00 million parameters
                          text        40 layers, hidden size 48, 6 heads, 3 key heads, 560 tokens
                          reads image 8 cross-attention layers: 3 8 13 18 23 28 33 38
                          vision      6 + 2 layers, hidden size 32, 2 heads
                          pictures    up to 4 tiles of 56 x 56 pixels, 17 tokens each
                          weights     1 file, 2.0 MiB, stored as BF16
                          memory      weights take 1.9 MiB in bfloat16, 3.8 MiB in float32
                          prompt      "What is this?" makes 23 tokens
                        This checkpoint can be used.
                        """);
    }

    @Test
    void aConfigurationAloneIsReportedAndFails() throws IOException {
        Files.copy(CommandRun.GOLDEN.resolve("tiny10/checkpoint/config.json"), folder.resolve("config.json"));

        CommandRun run = CommandRun.of("check", folder.toString());

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).contains("545,483 parameters", "weights     none here", "tokenizer.json is missing");
        assertThat(run.out()).doesNotContain("can be used");
        assertThat(run.err())
                .isEqualToNormalizingNewlines("sightline: " + folder
                        + ": has no weights. Expected model.safetensors, or model.safetensors.index.json and its shards. Download"
                        + " them from where the configuration comes from.\n");
    }

    @Test
    void aBaseModelWithoutAChatTemplateFails() throws IOException {
        copy("chat_template.json", "tokenizer_config.json");

        CommandRun run = CommandRun.of("check", folder.toString());

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).contains("warning     a chat template is missing").doesNotContain("can be used");
        assertThat(run.err()).startsWith("sightline: ").contains("template");
        assertThat(run.err().lines()).hasSize(1);
    }

    @Test
    void damagedWeightsFail() throws IOException {
        copy();
        Path weights = folder.resolve("model.safetensors");
        byte[] bytes = Files.readAllBytes(weights);
        Files.write(weights, Arrays.copyOf(bytes, bytes.length / 2));

        CommandRun run = CommandRun.of("check", folder.toString());

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("model.safetensors");
        assertThat(run.err().lines()).hasSize(1);
    }

    @Test
    void aMissingGenerationConfigIsOnlyAWarning() throws IOException {
        copy("generation_config.json");

        CommandRun run = CommandRun.of("check", folder.toString());

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).contains("warning     generation_config.json is missing", "can be used");
    }

    /** Without a card each of NVIDIA's libraries is told with what brings it, unless it is there. */
    @Test
    void aMachineIsCheckedWithoutAFolder() {
        Assumptions.assumeFalse(Cuda.driver().present(), "this machine has a driver");

        CommandRun run = CommandRun.of("check", "--device", "cuda");

        assertThat(run.status()).isEqualTo(1);
        for (CudaLibrary library : CudaLibrary.values()) {
            assertThat(run.out())
                    .containsPattern(library.file() + " +(/|not found; `sightline cuda`: " + library.wheel() + ")");
        }
        assertThat(run.err())
                .startsWith("sightline: CUDA: this machine has no NVIDIA card")
                .hasLineCount(1);

        CommandRun other = CommandRun.of("check", "--device", "cpu");
        assertThat(other.status()).isEqualTo(2);
        assertThat(other.err()).contains("--device: is 'cpu'");
    }
}
