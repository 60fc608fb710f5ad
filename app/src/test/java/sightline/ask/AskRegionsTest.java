package sightline.ask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sightline.app.CommandRun;
import sightline.image.MeanColour;
import sightline.image.PictureReader;
import sightline.image.RgbImage;
import sightline.region.PixelBox;

/** {@code ask --region --map --occlude --out}: as text, as JSON, as pictures, and what is refused. */
class AskRegionsTest {
    @TempDir
    private Path folder;

    /** A picture of 512 × 512 pixels as 8 × 8 patches. */
    private static CommandRun ask(String... more) {
        return RocketQuestion.ask(List.of("--k", "3", "--pathways", "image_to_last"), more);
    }

    private static JsonNode json(String... more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("--json"));
        arguments.addAll(List.of(more));
        CommandRun run = ask(arguments.toArray(String[]::new));
        assertThat(run.status()).as(run.err()).isZero();
        return new ObjectMapper().readTree(run.out());
    }

    @Test
    void jsonHoldsEveryNumber() throws Exception {
        JsonNode json = json("--region", "60,40,190.5,160", "--occlude", "--map", "4");
        assertThat(json.at("/sweeps")).hasSize(3);
        assertThat(json.at("/sweeps/1/pathway").asText()).isEqualTo("region_to_last");
        assertThat(json.at("/sweeps/2/pathway").asText()).isEqualTo("region_to_question");
        JsonNode regions = json.get("regions");
        assertThat(regions.at("/boxes/0/patch_rows").toString()).isEqualTo("[0,3]");
        assertThat(regions.at("/boxes/0/pixels").toString()).isEqualTo("[0.0,0.0,256.0,256.0]");
        assertThat(regions.at("/tokens").toString()).isEqualTo("[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16]");
        assertThat(regions.get("whole_depth"))
                .extracting(one -> one.get("intervention").asText())
                .containsExactly(
                        "region_to_last",
                        "outside_to_last",
                        "region_to_question",
                        "outside_to_question",
                        "region_to_all",
                        "outside_to_all");
        assertThat(regions.get("whole_depth"))
                .extracting(one -> one.get("probability").doubleValue())
                .doesNotHaveDuplicates()
                .doesNotContain(json.at("/baseline/probability").doubleValue());
        assertThat(regions.get("random_boxes")).hasSize(20);
        assertThat(regions.at("/random_boxes/19/draw").intValue()).isEqualTo(19);
        regions.get("random_boxes").forEach(draw -> {
            int row = draw.at("/boxes/0/patch_rows/0").intValue();
            int column = draw.at("/boxes/0/patch_columns/0").intValue();
            assertThat(Math.max(row, column)).isEqualTo(4);
        });
        assertThat(regions.at("/occluded/probability").doubleValue())
                .isPositive()
                .isNotEqualTo(json.at("/baseline/probability").doubleValue());
        assertThat(regions.at("/map/cells")).hasSize(4);
        assertThat(regions.at("/map/cells/0/probability").doubleValue())
                .as("the first cell is the box")
                .isCloseTo(regions.at("/whole_depth/0/probability").doubleValue(), withinPercentage(0.01));
        assertThat(regions.at("/map/random")).hasSize(5);
        assertThat(regions.at("/map/by_loss/deletion/probability")).hasSize(5);
    }

    /** What is said under a cut is told by its tokens, and differs from the answer where that flips. */
    @Test
    void whatIsSaidInsteadIsTold() throws Exception {
        JsonNode json = json("--region", "60,40,190.5,160", "--occlude");
        JsonNode answer = json.get("answer_tokens");
        JsonNode regions = json.get("regions");
        List<JsonNode> cuts = new ArrayList<>();
        regions.get("whole_depth").forEach(cuts::add);
        regions.get("random_boxes").forEach(draw -> cuts.add(draw.get("to_all")));
        assertThat(cuts).hasSize(26).allSatisfy(cut -> {
            assertThat(cut.get("top")).hasSameSizeAs(answer);
            assertThat(cut.at("/answer_measures/flip").booleanValue())
                    .isEqualTo(!cut.get("top").equals(answer));
            assertThat(json.get("words").has(cut.at("/top/0").asText())).isTrue();
        });
        assertThat(json.at("/regions/whole_depth/0/text").isMissingNode())
                .as("of an answer that greedy decoding does not give")
                .isTrue();
        assertThat(json.get("words").has(regions.at("/occluded/measures/top/0").asText()))
                .isTrue();
    }

    /** Only of an answer that the model gives by itself: else what comes instead tells nothing of the cut. */
    @Test
    void textNamesOtherAnswers() throws Exception {
        String[] region = {"--region", "0,0,400,500", "--occlude", "--k", "3", "--pathways", "image_to_last"};
        List<String> own = new ArrayList<>(List.of(
                "ask", "--model", CommandRun.TINY10, "--prompt", "plain", "--question", "What colour is the rocket?"));
        own.addAll(List.of("--image", CommandRun.image("astronaut.png"), "--rows", "transformers"));
        own.addAll(List.of(region));
        own.addAll(List.of("--max-new-tokens", "3"));
        String said = CommandRun.of(own.toArray(String[]::new)).out().replace("\n", " ");
        own.add("--json");
        JsonNode json = new ObjectMapper()
                .readTree(CommandRun.of(own.toArray(String[]::new)).out());
        String answer = json.get("answer").asText();
        assertThat(json.at("/regions/whole_depth")).anySatisfy(cut -> {
            assertThat(cut.at("/answer_measures/flip").booleanValue()).isTrue();
            assertThat(cut.get("text").asText()).isNotEqualTo(answer);
        });
        json.at("/regions/whole_depth").forEach(cut -> assertThat(cut.has("text"))
                .isEqualTo(cut.at("/answer_measures/flip").booleanValue()));
        assertThat(said).containsPattern("Other answers: [^.]+ cut “.{1,80}”");
        assertThat(ask(region).out()).doesNotContain("Other answers", "The answer stays");
    }

    /** Foils are those of all of it: a named foil other than the likeliest is further off. */
    @Test
    void foilsAreThoseOfTheCurves() throws Exception {
        String[] asked = {"--region", "60,40,190.5,160", "--occlude", "--map", "4"};
        List<String> foil = new ArrayList<>(List.of(asked));
        foil.addAll(List.of("--foil", "c"));
        JsonNode usual = json(asked).get("regions");
        JsonNode named = json(foil.toArray(String[]::new)).get("regions");
        for (String measures : List.of(
                "/whole_depth/0/answer_measures",
                "/random_boxes/3/to_all/answer_measures",
                "/occluded/answer_measures",
                "/map/cells/2/answer_measures")) {
            assertThat(named.at(measures + "/margin")).isEqualTo(usual.at(measures + "/margin"));
            assertThat(named.at(measures + "/foil")).isNotEqualTo(usual.at(measures + "/foil"));
        }
    }

    @Test
    void occludedIsThePictureWithTheBoxFilled() throws Exception {
        RgbImage picture = PictureReader.read(Path.of(CommandRun.image("astronaut.png")));
        RgbImage filled = MeanColour.fill(picture, List.of(new PixelBox(60, 40, 250.5, 200)));
        BufferedImage image = new BufferedImage(512, 512, BufferedImage.TYPE_INT_RGB);
        for (int at = 0; at < 512 * 512; at++) {
            int rgb = ((filled.rgb()[3 * at] & 0xFF) << 16)
                    | ((filled.rgb()[3 * at + 1] & 0xFF) << 8)
                    | (filled.rgb()[3 * at + 2] & 0xFF);
            image.setRGB(at % 512, at / 512, rgb);
        }
        Path file = folder.resolve("filled.png");
        ImageIO.write(image, "png", file.toFile());
        JsonNode occluded = json("--region", "60,40,190.5,160", "--occlude").at("/regions/occluded");
        JsonNode other = json("--image", file.toString()).get("baseline");
        for (String number : List.of("/token_probability/0", "/token_probability/1")) {
            assertThat(occluded.at(number).doubleValue())
                    .isCloseTo(other.at(number).doubleValue(), withinPercentage(0.01));
        }
    }

    @Test
    void severalBoxesAreOneRegion() throws Exception {
        JsonNode both = json("--region", "0,0,64,64", "--region", "448,448,100,100", "--class-tokens");
        assertThat(both.at("/regions/tokens").toString()).isEqualTo("[0,1,51,67]");
        assertThat(both.at("/regions/random_boxes/0/boxes")).hasSize(2);
        assertThat(both.at("/regions/map").isMissingNode()).isTrue();
        assertThat(json().at("/regions").isMissingNode()).isTrue();
    }

    @Test
    void textHoldsTablesAndMap() {
        CommandRun run = ask("--region", "60,40,190,160", "--occlude", "--map", "2");
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("Region: 16 of 68 tokens, all layers, masking paper")
                .containsPattern("region.{1,2}last cut +\\S+  change \\S+")
                .containsPattern("outside.{1,2}all cut +\\S+  change \\S+")
                .containsPattern("filled with the mean colour +\\S+  change \\S+")
                .containsPattern("20 random boxes of that size to last: \\S+ % \\(\\S+ % to")
                .contains("Drop of p when 2 x 2 patches are cut from the last row, masking paper")
                .contains("Mean p while the map's cells go one by one");
        assertThat(run.out().lines()).allMatch(line -> line.length() <= 80);
        assertThat(ask("--map", "2", "--map-to", "all").out())
                .contains("Drop of p when 2 x 2 patches are cut from all rows, masking paper")
                .containsPattern("Largest: \\S+ %, at pixels \\d+ to \\d+ across|No cell costs 1 % or more");
        assertThat(ask("--map", "8").out())
                .contains("The picture has only 8 x 8 patches, so this map has one cell; --map 1 has 64.")
                .doesNotContain("go one by one");
        CommandRun whole = ask("--region", "0,0,512,512");
        assertThat(whole.out()).contains("No random boxes: the picture has no other place of that size.");
    }

    @Test
    void picturesAreWritten() throws Exception {
        Path out = folder.resolve("new");
        CommandRun run = ask("--region", "60,40,190,160", "--map", "2", "--out", out.toString());
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(out).isDirectoryContaining("glob:**region.png").isDirectoryContaining("glob:**map.png");
        BufferedImage map = ImageIO.read(out.resolve("map.png").toFile());
        assertThat(map.getWidth()).isEqualTo(768);
        Path mine = Files.writeString(folder.resolve("mine.txt"), "mine");
        CommandRun refused = ask("--map", "--out", folder.toString());
        assertThat(refused.status()).isNotZero();
        assertThat(refused.err()).contains("is not empty");
        assertThat(mine).hasContent("mine");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--region 1,2,3 | --region: is '1,2,3'",
                "--region 1,2,0,4 | --region: is '1,2,0,4'",
                "--region a,2,3,4 | --region: is 'a,2,3,4'",
                "--region 512,0,10,10 | holds nothing that the model sees of the picture, which is 512 x 512 pixels",
                "--occlude | --occlude: is given without --region",
                "--class-tokens --map | --class-tokens: is given without --region",
                "--map 0 | --map: is '0'",
                "--map-to all | --map-to: is given without --map",
                "--map 2 --map-to question | --map-to: does not know 'question'",
                "--out somewhere | nothing that is written as a file"
            })
    void refuses(String options, String told) {
        CommandRun run = ask(options.split(" ", -1));
        assertThat(run.status()).isNotZero();
        assertThat(run.err()).contains(told);
        assertThat(Path.of("somewhere")).doesNotExist();
    }
}
