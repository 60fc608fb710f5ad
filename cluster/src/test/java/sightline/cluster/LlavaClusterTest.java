package sightline.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import sightline.dataset.Dataset;
import sightline.family.MadeUpCheckpoint;
import sightline.family.ModelSize;
import sightline.world.DemoDatasets;

/** A LLaVA-1.5 answers and traces under Spark as it does here, its image mode included. */
@Timeout(value = 10, unit = TimeUnit.MINUTES) // a guard against hanging
class LlavaClusterTest {
    @TempDir
    private static Path folder;

    private static Path checkpoint;

    @BeforeAll
    static void make() throws Exception {
        checkpoint = Files.createDirectory(folder.resolve("llava"));
        new MadeUpCheckpoint(ModelSize.LLAVA_TINY).write(checkpoint, 3, written -> {});
    }

    @Test
    void tracesAreThoseOfALocalRun() throws Exception {
        Path runs = Files.createDirectory(folder.resolve("runs"));
        ClusterFiles files = ClusterFiles.make(runs, 6, checkpoint, "tall_40x150.png");
        Process here = files.trace("here", List.of(), "--image-mode", "pad");
        assertThat(here.waitFor()).as(files.err("here")).isZero();
        Process cropped = files.trace("cropped", List.of());
        assertThat(cropped.waitFor()).as(files.err("cropped")).isZero();
        String[] verified = {"--image-mode", "pad", "--cluster", "local[2]", "--verify", "2"};
        Process there = files.trace("there", List.of(), verified);
        assertThat(there.waitFor()).as(files.err("there")).isZero();
        assertThat(files.err("there")).contains("verified 2 with the naive sweep");
        assertThat(files.finished("there")).hasSize(6).isEqualTo(files.finished("here"));
        assertThat(files.finished("there")).isNotEqualTo(files.finished("cropped"));
        assertThat(files.curves("there")).isEqualTo(files.curves("here"));
    }

    @Test
    void answersAreThoseOfALocalRun() throws Exception {
        DemoDatasets.Written data = DemoDatasets.write(folder.resolve("data"), 70_000_000, 3, 1, drawn -> {})
                .get(Dataset.VQAV2);
        ClusterFiles files = new ClusterFiles(folder, checkpoint, folder, data.images());
        Process here = files.answer("here.json", "--image-mode", "pad");
        assertThat(here.waitFor()).as(files.err("here.json")).isZero();
        Process there = files.answer("there.json", "--image-mode", "pad", "--cluster", "local[2]");
        assertThat(there.waitFor()).as(files.err("there.json")).isZero();
        assertThat(folder.resolve("there.json")).hasSameBinaryContentAs(folder.resolve("here.json"));
        assertThat(folder.resolve("there.json")).content().contains("\"answer\"");
    }
}
