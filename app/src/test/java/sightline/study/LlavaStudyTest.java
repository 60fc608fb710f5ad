package sightline.study;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sightline.app.CommandRun;
import sightline.browser.Chromium;
import sightline.browser.NeedsBrowser;
import sightline.browser.Page;
import sightline.browser.Viewport;
import sightline.dataset.Dataset;
import sightline.family.MadeUpCheckpoint;
import sightline.family.ModelSize;
import sightline.world.DemoDatasets;

/** Every step of a study with a LLaVA-1.5, on the demo's pages: what random weights say is taken for the right answer. */
class LlavaStudyTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path folder;

    private static DemoDatasets.Written data;
    private static CommandRun study;

    @BeforeAll
    static void study() throws IOException {
        Files.createDirectories(folder.resolve("llava"));
        new MadeUpCheckpoint(ModelSize.LLAVA_TINY).write(folder.resolve("llava"), 3, written -> {});
        data = DemoDatasets.write(folder.resolve("data"), 70_000_000, 3, 1, drawn -> {})
                .get(Dataset.DOCVQA);
        CommandRun answered = run("answer", "docvqa", "--annotations", data.annotations(), "--out", "answers.json");
        assertThat(answered.status()).as(answered.err()).isZero();
        takeForRight(folder.resolve("answers.json"), data.annotations());
        study = run(
                "study",
                "docvqa",
                "--annotations",
                data.annotations(),
                "--out",
                "study",
                "--k",
                "1,3",
                "--masking",
                "zero",
                "--temperature",
                "0.05",
                "--verify",
                "3",
                "--lens",
                "--attention",
                "--heads",
                "zero",
                "--head-curves",
                "--control",
                "swap,blank,random_sources",
                "--keep",
                "image_to_last",
                "--triangle",
                "question_to_last",
                "--region",
                "answer",
                "--ocr",
                data.annotations().resolveSibling("ocr"));
    }

    /** A command on the same model, pictures and files. */
    private static CommandRun run(Object... words) {
        List<String> command = new ArrayList<>();
        for (Object word : words) {
            boolean output =
                    !command.isEmpty() && command.get(command.size() - 1).equals("--out");
            command.add(output ? folder.resolve(word.toString()).toString() : word.toString());
        }
        command.addAll(List.of("--model", folder.resolve("llava").toString(), "--dtype", "float32"));
        command.addAll(List.of("--device", "cpu", "--image-mode", "pad", "--max-new-tokens", "2"));
        if (!command.get(0).equals("ask")) {
            command.addAll(List.of("--images", data.images().toString()));
        }
        return CommandRun.of(command.toArray(String[]::new));
    }

    private static void takeForRight(Path answers, Path annotations) throws IOException {
        Map<Integer, String> said = new HashMap<>();
        for (JsonNode answer : JSON.readTree(answers.toFile())) {
            said.put(answer.get("questionId").intValue(), answer.get("answer").textValue());
        }
        ObjectNode official = (ObjectNode) JSON.readTree(annotations.toFile());
        for (JsonNode question : official.get("data")) {
            ((ObjectNode) question)
                    .putArray("answers")
                    .add(said.get(question.get("questionId").intValue()));
        }
        JSON.writeValue(annotations.toFile(), official);
    }

    @Test
    void allStepsRun() throws IOException {
        assertThat(study.status()).as(study.err()).isZero();
        assertThat(study.out()).contains("3 of 3 questions answered", "3 of 3 samples traced", "3 of 3 samples with p");
        assertThat(study.err()).contains("verified 3 with the naive sweep");
        JsonNode manifest =
                JSON.readTree(folder.resolve("study/run/manifest.json").toFile());
        assertThat(manifest.at("/model/image_mode").textValue()).isEqualTo("pad");
        assertThat(manifest.at("/model/cross_attention_layers")).isEmpty();
        assertThat(folder.resolve("study/report/report.html")).content().contains("Image mode", "pad");
    }

    /** All layers read the picture's rows: its pathways act in each. */
    @Test
    @NeedsBrowser
    void theReportDrawsThePicturesPathways() {
        try (Chromium chromium = Chromium.start();
                Page page = chromium.open(Viewport.DESKTOP)) {
            page.go(folder.resolve("study/report/report.html").toUri());
            page.await("document.querySelectorAll('.ds .p svg').length > 0");
            page.evaluate(
                    "document.querySelectorAll('input[type=checkbox]').forEach(box => box.checked && box.click())");
            page.await("document.querySelector('.say').innerText.includes('image→')");
            assertThat(page.all("body").text()).doesNotContain("Rows before the image");
            assertThat(page.trouble()).isEmpty();
        }
    }

    @Test
    void aReportMayCountDepth() {
        String run = folder.resolve("study/run").toString();
        String out = folder.resolve("deep").toString();
        CommandRun made = CommandRun.of("report", run, "--axis", "depth", "--out", out);
        assertThat(made.status()).as(made.err()).isZero();
        assertThat(folder.resolve("deep/curves.csv"))
                .content()
                .startsWith("dataset,")
                .contains("significant,depth\r\n");
        assertThat(folder.resolve("deep/report.html")).content().contains("\"depth\":true");
    }

    @Test
    void askTellsTheImageModeToo() throws IOException {
        Path picture = data.images().resolve(data.pictures().get(0));
        Object[] asked = {"ask", "--image", picture, "--question", "What is this?", "--k", "3"};
        assertThat(run(asked).out()).contains("The picture was seen with --image-mode pad.");
        Object[] json = Arrays.copyOf(asked, asked.length + 1);
        json[asked.length] = "--json";
        JsonNode said = JSON.readTree(run(json).out());
        assertThat(said.get("image_mode").textValue()).isEqualTo("pad");
        assertThat(said.get("sweeps")).hasSize(4);
    }

    /** The picture's rows are cut out of the text's. */
    @Test
    void attentionIsLaidOnThePicture() throws IOException {
        Path picture = data.images().resolve(data.pictures().get(0));
        Object[] asked = {
            "ask", "--image", picture, "--question", "Why?", "--k", "1", "--attention", "--json", "--out", "inside"
        };
        JsonNode said = JSON.readTree(run(asked).out());
        List<Integer> places = new ArrayList<>();
        said.at("/inside/picture/patches").forEach(row -> row.forEach(place -> places.add(place.intValue())));
        int[] tokens = JSON.convertValue(said.get("prompt_tokens"), int[].class);
        assertThat(places).isNotEmpty().allMatch(place -> tokens[place] == 512);
        assertThat(folder.resolve("inside")).isDirectoryContaining("glob:**/attention-0.png");
    }

    @Test
    void rowReadingsAreRefused() {
        Path picture = data.images().resolve(data.pictures().get(0));
        for (String option : List.of("--rows", "--answer-rows")) {
            CommandRun refused = run("ask", "--image", picture, "--question", "Why?", option, "meta");
            assertThat(refused.status()).isEqualTo(2);
            assertThat(refused.err())
                    .contains("sightline: " + option + ": has no meaning for LLaVA-1.5 (llava): its picture is among")
                    .hasLineCount(1);
        }
    }

    @Test
    void classTokensAreRefusedWhereNoneIsKept() {
        Path picture = data.images().resolve(data.pictures().get(0));
        CommandRun refused =
                run("ask", "--image", picture, "--question", "Why?", "--region", "50,50,60,60", "--class-tokens");
        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.err())
                .contains("sightline: --class-tokens: has no meaning for LLaVA-1.5 (llava): none of this model's");
    }

    @Test
    void anAnswerWithTheImageTokenIsRefused() {
        Path picture = data.images().resolve(data.pictures().get(0));
        CommandRun refused = run("ask", "--image", picture, "--question", "Why?", "--answer-tokens", "300,512");
        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.err())
                .contains("--answer-tokens: holds 512, which stands for a picture. Expected text alone.");
    }
}
