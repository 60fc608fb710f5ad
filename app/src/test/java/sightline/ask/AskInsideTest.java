package sightline.ask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sightline.app.CommandRun;

/** {@code ask --lens --attention}: as JSON and as text. */
class AskInsideTest {
    private static CommandRun ask(String... more) {
        return RocketQuestion.ask(List.of("--k", "3,1", "--masking", "paper"), more);
    }

    @Test
    void jsonHoldsEveryNumber() throws Exception {
        CommandRun run = ask("--json", "--lens", "--attention", "--verify", "1");
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.err()).contains("verified with the naive sweep");
        JsonNode json = new ObjectMapper().readTree(run.out());
        JsonNode inside = json.get("inside");
        JsonNode uncut = json.get("baseline").get("measures");
        assertThat(inside.get("lens")).hasSize(2);
        for (int token = 0; token < 2; token++) {
            JsonNode stages = inside.get("lens").get(token);
            assertThat(stages).hasSize(11);
            assertThat(stages.get(0).get("layer").intValue()).isEqualTo(-1);
            JsonNode last = stages.get(10);
            assertThat(last.get("log_p").doubleValue())
                    .as("the lens of the last layer is the output")
                    .isCloseTo(uncut.get("log_p").get(token).doubleValue(), within(1e-9));
            assertThat(last.get("rank")).isEqualTo(uncut.get("rank").get(token));
            assertThat(last.get("top")).hasSize(5);
            assertThat(last.get("top").get(0).get("token"))
                    .isEqualTo(uncut.get("top").get(token));
            assertThat(last.get("top").get(0).get("text").asText()).isNotNull();
        }
        assertThat(inside.get("lens_cut")).hasSize(8);
        for (JsonNode cut : inside.get("lens_cut")) {
            JsonNode sweep =
                    sweep(json, cut.get("pathway").asText(), cut.get("k").intValue());
            int layer = cut.get("layer").intValue();
            for (JsonNode p : sweep.get("probability")) {
                assertThat(sweep.get("probability").get(layer).doubleValue()).isLessThanOrEqualTo(p.doubleValue());
            }
            assertThat(cut.get("tokens").get(1).get(10).get("log_p").doubleValue())
                    .isCloseTo(
                            sweep.get("measures").get("log_p").get(1).get(layer).doubleValue(), within(1e-9));
        }
        assertThat(inside.get("attention")).hasSize(20);
        for (JsonNode row : inside.get("attention")) {
            double sum = 0;
            for (JsonNode weight : row.get("mean")) {
                sum += weight.doubleValue();
            }
            assertThat(sum).isCloseTo(1, within(1e-5));
        }
        assertThat(inside.get("gates")).hasSize(2);
        JsonNode image = edges(inside, "image_to_last");
        assertThat(image.get("attention").get(0).get(0).isNull())
                .as("layer 0 reads text")
                .isTrue();
        assertThat(image.get("attention").get(0).get(3).doubleValue()).isCloseTo(1, within(1e-5));
        assertThat(image.get("value").get(0).get(3).doubleValue()).isCloseTo(1, within(1e-5));
        assertThat(image.get("left").get("paper").get(0).get(3).doubleValue()).isEqualTo(1);
        JsonNode question = edges(inside, "question_to_last");
        double all = question.get("attention").get(0).get(0).doubleValue()
                + edges(inside, "last_to_last").get("attention").get(0).get(0).doubleValue();
        assertThat(all).as("what is before the last row, and the row itself").isCloseTo(1, within(1e-5));
        assertThat(question.get("left").get("paper").get(0).get(0).doubleValue())
                .isZero();
    }

    private static JsonNode sweep(JsonNode json, String pathway, int k) {
        for (JsonNode sweep : json.get("sweeps")) {
            if (sweep.get("pathway").asText().equals(pathway) && sweep.get("k").intValue() == k) {
                return sweep;
            }
        }
        throw new AssertionError(pathway);
    }

    private static JsonNode edges(JsonNode inside, String pathway) {
        for (JsonNode edges : inside.get("edges")) {
            if (edges.get("pathway").asText().equals(pathway)) {
                return edges;
            }
        }
        throw new AssertionError(pathway);
    }

    @Test
    void textSaysWhereTheAnswerComesUpAndWhatIsRead() {
        CommandRun run = ask("--lens", "--attention");
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("Lens of ")
                .contains("behind layer")
                .contains("embedding")
                .contains("Under image→last at layer ")
                .contains("Attention of the row that reads out the first token")
                .contains("image→last: its edges carry 100 % of the attention")
                .contains("Layers that read the picture add ");
        assertThat(run.out().replaceAll("\\s+", " "))
                .contains("a cut leaves 100 % of them under paper.", "a cut takes them all away.");
        assertThat(run.out().lines()).allMatch(line -> line.length() <= 80);
    }

    @Test
    void filesHoldAllHeads(@TempDir Path folder) throws Exception {
        Path out = folder.resolve("files");
        CommandRun run = ask("--json", "--attention", "--out", out.toString());
        assertThat(run.status()).as(run.err()).isZero();
        JsonNode rows = new ObjectMapper().readTree(run.out()).get("inside").get("attention");
        Array image = Array.read(out.resolve("attention_image.npy"));
        Array text = Array.read(out.resolve("attention_text.npy"));
        assertThat(image.shape()).isEqualTo("(2, 2, 4, 68,)");
        assertThat(text.shape()).isEqualTo("(2, 8, 4, 26,)");
        for (int token = 0; token < 2; token++) {
            JsonNode mean = rows.get(10 * token + 8).get("mean"); // the second layer that reads the picture
            for (int key = 0; key < 68; key++) {
                double sum = 0;
                for (int head = 0; head < 4; head++) {
                    sum += image.numbers().get(((2 * token + 1) * 4 + head) * 68 + key);
                }
                assertThat(mean.get(key).doubleValue()).isCloseTo(sum / 4, within(1e-7));
            }
            BufferedImage veiled =
                    ImageIO.read(out.resolve("attention-" + token + ".png").toFile());
            assertThat(veiled.getWidth()).isEqualTo(768);
        }
        CommandRun again = ask("--attention", "--out", out.toString());
        assertThat(again.status()).isNotZero();
        assertThat(again.err()).contains("--out").doesNotContain("\tat ");
        assertThat(ask("--lens", "--out", folder.resolve("none").toString()).err())
                .contains("--out: is given, but nothing that is written as a file");
    }

    @Test
    void otherRowsOnDemand(@TempDir Path folder) throws Exception {
        Path out = folder.resolve("files");
        CommandRun run = ask("--json", "--attention", "--attention-rows", "3,10-12", "--out", out.toString());
        assertThat(run.status()).as(run.err()).isZero();
        JsonNode inside = new ObjectMapper().readTree(run.out()).get("inside");
        JsonNode rows = inside.get("attention_rows");
        assertThat(rows).hasSize(4 * 10);
        assertThat(rows.get(10).get("row").intValue()).isEqualTo(10);
        assertThat(rows.get(10).get("mean")).hasSize(26);
        assertThat(rows.get(10).get("mean").get(10).doubleValue()).isPositive();
        assertThat(rows.get(10).get("mean").get(11).doubleValue())
                .as("no row sees what comes behind it")
                .isZero();
        Array image = Array.read(out.resolve("attention_rows_image.npy"));
        Array patches = Array.read(out.resolve("attention_rows_patches.npy"));
        Array classTokens = Array.read(out.resolve("attention_rows_class.npy"));
        JsonNode grid = inside.get("picture").get("patches");
        JsonNode tiles = inside.get("picture").get("class_tokens");
        assertThat(image.shape()).isEqualTo("(4, 2, 4, 68,)");
        assertThat(patches.shape())
                .isEqualTo("(4, 2, 4, " + grid.size() + ", " + grid.get(0).size() + ",)");
        assertThat(classTokens.shape()).isEqualTo("(4, 2, 4, " + tiles.size() + ",)");
        for (int each = 0; each < 4 * 2 * 4; each++) {
            int at = each * grid.size() * grid.get(0).size();
            for (JsonNode row : grid) {
                for (JsonNode token : row) {
                    assertThat(patches.numbers().get(at))
                            .isEqualTo(image.numbers().get(each * 68 + token.intValue()));
                    at++;
                }
            }
            for (int tile = 0; tile < tiles.size(); tile++) {
                assertThat(classTokens.numbers().get(each * tiles.size() + tile))
                        .isEqualTo(
                                image.numbers().get(each * 68 + tiles.get(tile).intValue()));
            }
        }
        assertThat(out.resolve("attention-row-12.png")).exists();
        assertThat(ask("--attention", "--attention-rows", "3").out()).contains("Row 3, ");
    }

    @Test
    void rowsThatAreNotThereAreRefused() {
        assertThat(ask("--attention", "--attention-rows", "12,99").err())
                .contains("--attention-rows: holds 99, but there are 26 text rows");
        assertThat(ask("--attention", "--attention-rows", "9-3").err())
                .contains("positions and ranges of them, or all");
        assertThat(ask("--attention-rows", "all").err()).contains("is given without --attention");
        CommandRun all = ask("--json", "--attention", "--attention-rows", "all");
        assertThat(all.status()).as(all.err()).isZero();
    }

    /** What NumPy would read. */
    private record Array(String shape, FloatBuffer numbers) {
        static Array read(Path file) throws IOException {
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
            int data = 10 + bytes.getShort(8);
            assertThat(data % 64).isZero();
            String header = new String(bytes.array(), 10, data - 10, StandardCharsets.US_ASCII);
            assertThat(header)
                    .startsWith("{'descr': '<f4', 'fortran_order': False, 'shape': ")
                    .endsWith("\n");
            return new Array(
                    header.substring(header.indexOf('('), header.indexOf(')') + 1),
                    bytes.position(data).slice().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer());
        }
    }

    @Test
    void nothingOfItIsThereUnasked() throws Exception {
        CommandRun run = ask("--json");
        assertThat(new ObjectMapper().readTree(run.out()).has("inside")).isFalse();
    }
}
