package sightline.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sightline.family.Families;
import sightline.mllama.MllamaConfig;

class CheckpointTest {
    private static final String HEAD = "language_model.lm_head.weight";

    @TempDir
    Path folder;

    @Test
    void everyWeightIsTheBytesOfTheFile() throws IOException {
        byte[] shard = Files.readAllBytes(Folders.TINY10.resolve("model-00004-of-00004.safetensors"));
        int data = 8 + 1952; // the head comes first in the data of this shard
        try (Checkpoint checkpoint = Families.open(Folders.TINY10)) {
            Tensor head = checkpoint.weight(HEAD);
            assertThat(head.scalar_type().intern()).isEqualTo(ScalarType.BFloat16);
            assertThat(new long[] {head.size(0), head.size(1)}).containsExactly(600, 64);
            byte[] bytes = new byte[600 * 64 * 2];
            new BytePointer(head.data_ptr()).get(bytes);
            assertThat(bytes).isEqualTo(Arrays.copyOfRange(shard, data, data + bytes.length));
            for (WeightSpec spec : checkpoint.config().weights()) {
                assertThat(checkpoint.has(spec.name())).isTrue();
                assertThat(checkpoint.weight(spec.name()).numel()).isEqualTo(spec.elements());
            }
        }
    }

    @Test
    @SuppressWarnings("try") // The scope is there to be left.
    void ownsItsWeightsUntilClosed() {
        Checkpoint checkpoint = Families.open(Folders.TINY40);
        Tensor head;
        try (PointerScope scope = new PointerScope()) {
            head = checkpoint.weight(HEAD);
        }
        assertThat(checkpoint.weight(HEAD)).isSameAs(head);
        assertThat(Double.isFinite(head.sum().item_double())).isTrue();
        Tensor own = new Tensor(head);
        checkpoint.close();
        checkpoint.close();
        assertThat(head.isNull()).isTrue();
        assertThat(own.numel()).isEqualTo(560 * 48);
        own.close();
        assertThatIllegalStateException()
                .isThrownBy(() -> checkpoint.weight(HEAD))
                .withMessageContaining("after it was closed");
    }

    @Test
    void anUnknownNameIsTheCallersMistake() {
        try (Checkpoint checkpoint = Families.open(Folders.TINY40)) {
            assertThat(checkpoint.has("nope")).isFalse();
            assertThatIllegalArgumentException().isThrownBy(() -> checkpoint.weight("nope"));
        }
    }

    @Test
    void readsTheNewerNames() {
        Map<String, String> newer = Map.of(
                "language_model.model.", "model.language_model.",
                "language_model.lm_head.", "lm_head.",
                "vision_model.", "model.vision_model.",
                "multi_modal_projector.", "model.multi_modal_projector.");
        Path renamed = Folders.zeros(folder.resolve("newer"), Folders.tiny10Weights(), name -> {
            String prefix =
                    newer.keySet().stream().filter(name::startsWith).findFirst().orElseThrow();
            return newer.get(prefix) + name.substring(prefix.length());
        });
        try (Checkpoint checkpoint = Families.open(renamed)) {
            assertThat(checkpoint.report().warnings()).noneMatch(warning -> warning.contains("not used"));
            assertThat(checkpoint.weight(HEAD).size(0)).isEqualTo(600);
        }
    }

    @Test
    void opensTwentyGigabytesWithoutReadingThem() throws IOException {
        Files.copy(Folders.published("llama-3.2-11b-vision-instruct"), folder.resolve("config.json"));
        writeHoles(MllamaConfig.read(folder.resolve("config.json")).weights(), 5);
        Families.open(folder).close(); // libtorch is loaded
        long before = bytesRead();
        try (Checkpoint checkpoint = Families.open(folder)) {
            assertThat(checkpoint.weight(HEAD).size(0)).isEqualTo(128256);
            assertThat(bytesRead() - before).isLessThan(50 << 20);
            CheckpointReport report = checkpoint.report();
            assertThat(report.weights().orElseThrow().files()).hasSize(5);
            assertThat(report.weights().orElseThrow().bytes()).isGreaterThan(21_300_000_000L);
        }
    }

    /** Bytes that this thread has read from files, or that mapped ones have made resident; 0 where it cannot be known. */
    private static long bytesRead() throws IOException {
        Path thread = Path.of("/proc/thread-self");
        if (!Files.exists(thread)) {
            return 0; // not Linux
        }
        String read = Files.readAllLines(thread.resolve("io")).get(0); // rchar: 123
        String stat = Files.readString(thread.resolve("stat"));
        // Behind the name, which may hold anything: field 10 is minor page faults, field 12 major ones.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        long faults = Long.parseLong(fields[7]) + Long.parseLong(fields[9]);
        return Long.parseLong(read.substring(read.indexOf(' ') + 1)) + 4096 * faults;
    }

    /** Weights that are all zero and take no room, in so many shards of about equal size. */
    private void writeHoles(List<WeightSpec> weights, int shards) {
        long perShard = weights.stream().mapToLong(WeightSpec::elements).sum() / shards + 1;
        SafetensorsFixture[] writers = new SafetensorsFixture[shards];
        StringBuilder map = new StringBuilder();
        long done = 0;
        for (WeightSpec spec : weights) {
            int shard = (int) (done / perShard);
            String name = "model-" + shard + ".safetensors";
            if (writers[shard] == null) {
                writers[shard] = SafetensorsFixture.to(folder.resolve(name));
            }
            writers[shard].addHole(spec.name(), "BF16", Folders.shape(spec), spec.elements() * 2);
            map.append(map.isEmpty() ? "" : ",").append("\"" + spec.name() + "\":\"" + name + "\"");
            done += spec.elements();
        }
        for (SafetensorsFixture writer : writers) {
            writer.write();
        }
        Folders.write(folder.resolve("model.safetensors.index.json"), "{\"weight_map\":{" + map + "}}");
    }

    @Test
    void theFingerprintStandsForConfigurationAndWeights() throws IOException {
        Path copy = Folders.copy(Folders.TINY10, folder.resolve("copy"));
        String before = fingerprint(copy);
        assertThat(before).matches("[0-9a-f]{64}").isEqualTo(fingerprint(Folders.TINY10));
        try (RandomAccessFile file = new RandomAccessFile(
                copy.resolve("model-00001-of-00004.safetensors").toFile(), "rw")) {
            long last = file.length() - 1;
            file.seek(last);
            int value = file.read();
            file.seek(last);
            file.write(value + 1);
        }
        String changed = fingerprint(copy);
        Folders.editJson(copy.resolve("config.json"), root -> root.put("note", "an equal model"));
        assertThat(List.of(before, changed, fingerprint(copy), fingerprint(Folders.TINY40)))
                .doesNotHaveDuplicates();
    }

    private static String fingerprint(Path folder) {
        try (Checkpoint checkpoint = Families.open(folder)) {
            return checkpoint.fingerprint();
        }
    }
}
