package sightline.option;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sightline.app.CommandRun;

class AdditionOptionsTest {
    /** One line each, before a model is loaded or a folder made. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--keep image_to_last | --keep: is given with --masking paper",
                "--masking zero --keep image_to_question | --keep: does not know 'image_to_question'",
                "--masking zero --keep last_to_last | --keep: does not know 'last_to_last'",
                "--masking zero --keep image_to_last,image_to_last | each name once",
                "--keep-in windows | --keep-in: changes nothing without --keep",
                "--masking zero --keep image_to_last --keep-in middle | --keep-in: does not know 'middle'",
                "--triangle imge_to_last | --triangle: does not know 'imge_to_last'",
                "--triangle image_to_last,image_to_last | each name once",
                "--joint image_to_last | two to 4 pathways",
                "--joint image_to_last,imge_to_question | imge_to_question",
                "--joint image_to_last,image_to_last | each name once",
                "--control swap,bank | bank",
                "--control swap,swap | each name once"
            })
    void refuses(String options, String told) {
        CommandRun run = CommandRun.of(("trace vqav2 a.json --model m --images i --out o " + options).split(" "));
        assertThat(run.err().lines().count()).isEqualTo(1);
        assertThat(run.err()).contains(told);
        assertThat(run.out()).isEmpty();
    }
}
