package sightline.study;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sightline.app.CommandRun;

class RegionOptionTest {
    /** One line each, before a model is loaded or a folder made. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--region answer | --region: is answer, but there is no --ocr",
                "--ocr pages | --ocr: is given without --region answer",
                "--region title --ocr pages | --region: does not know 'title'"
            })
    void refuses(String options, String told) {
        CommandRun run = CommandRun.of(("trace docvqa a.json --model m --images i --out o " + options).split(" ", -1));
        assertThat(run.err().lines().count()).isEqualTo(1);
        assertThat(run.err()).contains(told);
        assertThat(run.out()).isEmpty();
    }
}
