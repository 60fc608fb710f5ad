package sightline.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import sightline.error.InputException;
import sightline.tensor.ComputeDevice;

class CardsTest {
    @Test
    void aNumberBeyondTheCardsIsRefusedWithHowManyThereAre() {
        assertThatCode(() -> Cards.require(ComputeDevice.cuda(1), 2)).doesNotThrowAnyException();
        assertThatThrownBy(() -> Cards.require(ComputeDevice.cuda(2), 2))
                .isInstanceOf(InputException.class)
                .hasMessage("--device: cuda:2 was asked for, but there are 2 cards. Expected one of cuda, cuda:1."
                        + " Cards are counted from 0; CUDA_VISIBLE_DEVICES may hide some.");
        assertThatThrownBy(() -> Cards.require(ComputeDevice.cuda(300), 1))
                .hasMessageContaining("there is one card. Expected cuda. ");
    }

    @Test
    void aCardIsCalledByItsModelWhereAllAreOne() {
        CudaDriver alike = new CudaDriver(Optional.of("580.1"), true, List.of("NVIDIA H200", "NVIDIA H200"));
        assertThat(Cards.title(ComputeDevice.cuda(1), alike)).isEqualTo("NVIDIA H200 (cuda:1)");
        CudaDriver mixed = new CudaDriver(Optional.of("580.1"), true, List.of("NVIDIA H200", "NVIDIA L4"));
        assertThat(Cards.title(ComputeDevice.cuda(1), mixed)).isEqualTo("cuda:1");
    }
}
