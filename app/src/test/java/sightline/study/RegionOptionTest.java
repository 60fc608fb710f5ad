package sightline.study;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sightline.app.CommandRun;

/** {@code --region} and what tells it, before any file is read. */
class RegionOptionTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--region answer | --region: is answer, but neither --ocr nor --boxes is given",
                "--region answer --ocr a --boxes b | --region: has both --ocr and --boxes",
                "--ocr a | --ocr: is given without --region answer",
                "--boxes b | --boxes: is given without --region answer",
                "--region box --boxes b | --region: does not know 'box'"
            })
    void refuses(String options, String told) {
        String[] trace = ("trace vqav2 none.json --model none --images none --out none " + options).split(" ", -1);
        CommandRun run = CommandRun.of(trace);
        assertThat(run.status()).isNotZero();
        assertThat(run.err()).contains(told).doesNotContain("\tat ");
    }
}
