package sightline.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.bytedeco.pytorch.Tensor;
import sightline.error.InputException;

/** Whatever stands in a header, the answer is a sound file or an {@link InputException}. */
class SafetensorsFuzzTest {
    private static Path folder;
    private static Path path;
    private static byte[] whole;

    /** Overwrite with {@code latin1} at {@code at}, then cut or grow the file to {@code length}. */
    record Mutation(int at, String latin1, int length) {}

    @BeforeContainer
    static void write() throws IOException {
        folder = Files.createTempDirectory("sightline-fuzz");
        path = SafetensorsFixture.to(folder.resolve("fuzz.safetensors"))
                .add("a", "BF16", new long[] {2, 3}, new byte[12])
                .add("b", "F32", new long[] {}, new byte[4])
                .add("c", "F64", new long[] {1, 0}, new byte[0])
                .write();
        whole = Files.readAllBytes(path);
    }

    @AfterContainer
    static void delete() throws IOException {
        Files.deleteIfExists(path);
        Files.delete(folder);
    }

    @Provide
    static Arbitrary<Mutation> mutations() {
        Arbitrary<String> likely = Arbitraries.strings()
                .withChars("0123456789[]{}:,\"-eFB ")
                .ofMinLength(1)
                .ofMaxLength(3);
        Arbitrary<String> any = Arbitraries.strings()
                .withCharRange((char) 0, (char) 255)
                .ofMinLength(1)
                .ofMaxLength(8);
        Arbitrary<Integer> lengths = Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(8, Arbitraries.just(whole.length)),
                net.jqwik.api.Tuple.of(2, Arbitraries.integers().between(0, whole.length + 16)));
        return Combinators.combine(
                        Arbitraries.integers().between(0, whole.length - 9), Arbitraries.oneOf(likely, any), lengths)
                .as(Mutation::new);
    }

    @Property(tries = 3000)
    void isSoundOrRefused(@ForAll("mutations") Mutation mutation) throws IOException {
        byte[] bytes = whole.clone();
        byte[] change = mutation.latin1().getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(change, 0, bytes, mutation.at(), change.length);
        Files.write(path, Arrays.copyOf(bytes, mutation.length()));
        try (SafetensorsFile file = SafetensorsFile.open(path)) {
            long total = 0;
            for (String name : file.names()) {
                total += file.entry(name).bytes();
                if (file.type(name).isReadable()) {
                    try (Tensor tensor = file.tensor(name)) {
                        assertThat(tensor.numel()).isEqualTo(file.entry(name).elements());
                    }
                }
            }
            assertThat(total).isLessThanOrEqualTo(mutation.length());
        } catch (InputException e) {
            assertThat(e.place()).isEqualTo(path.toString());
        }
    }
}
