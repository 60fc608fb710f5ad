package sightline.option;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
    private static final List<String> COMMANDS = List.of(
            "ask", "demo", "answer", "score", "select", "trace", "report", "study", "check", "train-demo", "bench");
    private static final List<String> NAMES = List.of(
            "vqav2",
            "visual7w",
            "docvqa",
            "cpu",
            "cuda",
            "float32",
            "bfloat16",
            "--k",
            "--image",
            "--image_dir",
            "--max-new-tokens",
            "--temperature",
            "--out");

    @ParameterizedTest
    @CsvSource({
        "chekc, check",
        "benhc, bench",
        "trian-demo, train-demo",
        "train, train-demo",
        "answers, answer",
        "ANSWER, answer",
        "traec, trace",
        "slect, select",
        "repotr, report",
        "eval, ''",
        "run, ''",
        "a, ''",
        "'', ''",
        "demonstrate, ''",
        "stuyd, study"
    })
    void ofCommands(String typed, String meant) {
        assertThat(String.join(" ", Nearest.of(typed, COMMANDS))).isEqualTo(meant);
    }

    @ParameterizedTest
    @CsvSource({
        "vqa, vqav2",
        "VQAv2, vqav2",
        "vqa-v2, vqav2",
        "vqa2, vqav2",
        "v7w, visual7w",
        "visual, visual7w",
        "Visual-7W, visual7w",
        "DocVQA, docvqa",
        "doc, docvqa",
        "gqa, ''",
        "coco, ''",
        "gpu, cuda",
        "cdua, cuda",
        "fp32, float32",
        "bf16, bfloat16",
        "int8, ''",
        "-k, --k",
        "--imge, --image",
        "--max_new_tokens, --max-new-tokens",
        "--temp, --temperature",
        "--outt, --out",
        "--verbose, ''"
    })
    void ofOtherNames(String typed, String meant) {
        assertThat(String.join(" ", Nearest.of(typed, NAMES))).isEqualTo(meant);
    }
}
