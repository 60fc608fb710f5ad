package sightline.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.Test;

class NativeFilesTest {
    /** This build has the CPU's natives, so they are taken whatever else is on the class path. */
    @Test
    void theCpusNativesAreTakenUnlessACardIsToBeUsed() {
        NativeEngine.load();

        assertThat(System.getProperty(NativeEngine.NATIVES)).isEmpty();
        assertThat(Loader.loadProperties().getProperty("platform.extension")).isEmpty();
    }

    @Test
    void whatOthersNeedIsUnpackedAndWhatThisSystemLacksIsPassedOver() throws IOException {
        NativeFiles.choose();
        NativeFiles.unpack();

        String library = System.mapLibraryName("torch_cpu");
        String folder = "/org/bytedeco/pytorch/" + Loader.getPlatform() + "/";
        assertThat(Loader.cacheResource(Loader.class, folder + library)).isFile();
        assertThat(Loader.cacheResource(Loader.class, folder + System.mapLibraryName("torch_cuda")))
                .isNull();
    }
}
