package sightline.answering;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sightline.model.LoadOptions;
import sightline.model.ProcessorOptions;
import sightline.run.TinyStudy;

/** A run does not go on with other prompts or pixels: every file that makes them is in its hash. */
class ProcessorFilesTest {
    @TempDir
    private Path folder;

    private Path checkpoint;

    @BeforeEach
    void copy() throws IOException {
        checkpoint = Files.createDirectories(folder.resolve("checkpoint"));
        try (Stream<Path> files = Files.list(TinyStudy.checkpoint())) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".json")).toList()) {
                Files.write(checkpoint.resolve(file.getFileName()), Files.readAllBytes(file));
            }
        }
    }

    private String hash() {
        return ProcessorFiles.of(checkpoint, LoadOptions.defaults()).hash();
    }

    private String hash(Path given) {
        return ProcessorFiles.of(
                        checkpoint,
                        LoadOptions.defaults()
                                .with(new ProcessorOptions(Optional.of(given), Optional.empty(), Optional.empty())))
                .hash();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "added_tokens.json",
                "additional_chat_templates/tool.jinja",
                "chat_template.jinja",
                "chat_template.json",
                "generation_config.json",
                "preprocessor_config.json",
                "processor_config.json",
                "special_tokens_map.json",
                "tokenizer.json",
                "tokenizer_config.json"
            })
    void eachFileCounts(String name) throws IOException {
        Path file = checkpoint.resolve(name);
        Files.createDirectories(file.getParent());
        Files.deleteIfExists(file);
        Set<String> hashes = new HashSet<>();
        hashes.add(hash());
        Files.writeString(file, "{}");
        hashes.add(hash());
        Files.writeString(file, "{} ");
        hashes.add(hash());
        assertThat(hashes).as("without it, with it, edited").hasSize(3);
        Files.delete(file);
        assertThat(hashes).as("removed again").contains(hash());
    }

    /** Runs that were begun before newer files counted go on. */
    @Test
    void aFolderOfTheOlderFormKeepsItsHash() {
        assertThat(hash()).isEqualTo("e4ac03831b1e32c87372a765791a075656d3d679d1a137b0ccfe04f88ada69c5");
    }

    @Test
    void whatIsNotReadDoesNotCount() throws IOException {
        String before = hash();
        Files.writeString(checkpoint.resolve("README.md"), "x");
        assertThat(hash()).isEqualTo(before);
    }

    @Test
    void aGivenTemplateCountsByItsText() throws IOException {
        Path one = Files.writeString(folder.resolve("one.jinja"), "a");
        Path other = Files.writeString(folder.resolve("other.json"), "{\"chat_template\": \"a\"}");
        Path edited = Files.writeString(folder.resolve("edited.jinja"), "b");
        assertThat(hash(one)).isEqualTo(hash(other));
        assertThat(List.of(hash(), hash(one), hash(edited))).doesNotHaveDuplicates();
        String before = hash(one);
        Files.writeString(checkpoint.resolve("tokenizer_config.json"), "{}");
        assertThat(hash(one)).as("the checkpoint's files count as well").isNotEqualTo(before);
    }
}
