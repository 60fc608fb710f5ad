package sightline.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sightline.error.InputException;
import sightline.tensor.ComputeDevice;

/** The values of {@code --device} for commands that take several; UsageTest has those of the others. */
class DeviceNamesTest {
    private static final List<ComputeDevice> CARDS = List.of(ComputeDevice.cuda(0), ComputeDevice.cuda(1));

    private static List<ComputeDevice> several(String value) {
        return DeviceNames.several(value, () -> CARDS).devices();
    }

    @Test
    void oneOrAList() {
        assertThat(several("cpu")).containsExactly(ComputeDevice.CPU);
        assertThat(several("cuda")).containsExactly(ComputeDevice.cuda(0));
        assertThat(several("cuda:3")).containsExactly(ComputeDevice.cuda(3));
        assertThat(several("cuda:1,cuda:0")).containsExactly(ComputeDevice.cuda(1), ComputeDevice.cuda(0));
        assertThat(several("cuda:all")).isEqualTo(CARDS);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
            cuda:0,cuda:0 ~ --device: is 'cuda:0,cuda:0'. Expected each card once. For example --device cuda:0,cuda:1.
            cuda,cuda:0 ~ --device: is 'cuda,cuda:0'. Expected each card once. For example --device cuda:0,cuda:1.
            cpu,cuda ~ --device: is 'cpu,cuda'. Expected cards, or the CPU alone. For example --device cuda:0,cuda:1.
            cuda:0, ~ --device: does not know ''. Expected one of cuda, cuda:N. Take one of these.
            cuda:0,auto ~ --device: does not know 'auto'. Expected one of cuda, cuda:N. Take one of these.
            cuda:0,cpu ~ --device: is 'cuda:0,cpu'. Expected cards, or the CPU alone. For example --device cuda:0,cuda:1.
            gpu ~ --device: does not know 'gpu'. Expected one of auto, cpu, cuda, cuda:N, cuda:0,cuda:1, cuda:all. Perhaps you mean cuda.
            """)
    void otherListsAreRefused(String value, String message) {
        assertThatThrownBy(() -> several(value))
                .isInstanceOf(InputException.class)
                .hasMessage(message);
    }
}
