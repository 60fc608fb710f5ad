package sightline.run;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import sightline.error.InputException;
import sightline.files.StrictJson;

/**
 * The files of a run (docs/formats.md).
 *
 * @param path the folder
 */
public record RunFolder(Path path) {
    private static final Pattern JOURNAL = Pattern.compile("samples(-\\d+-of-\\d+)?\\.jsonl");

    /** What the run is. */
    public Path manifest() {
        return path.resolve("manifest.json");
    }

    /** The samples of the dataset as it was last read. */
    Path dataset() {
        return path.resolve("dataset.jsonl");
    }

    /** A shard's finished samples. */
    public Path journal(Shard shard) {
        return path.resolve(
                shard.isWhole() ? "samples.jsonl" : "samples-" + shard.number() + "-of-" + shard.of() + ".jsonl");
    }

    /** All journals that are there, by name. */
    public List<Path> journals() {
        try (Stream<Path> files = Files.list(path)) {
            return files.filter(file ->
                            JOURNAL.matcher(file.getFileName().toString()).matches())
                    .sorted()
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new InputException(
                    path.toString(),
                    "cannot be read: " + StrictJson.reason(e),
                    "a run's folder",
                    "Check its permissions",
                    e);
        }
    }

    /** Whatever holds results, the journals first. */
    List<Path> withResults() {
        List<Path> all = new ArrayList<>(Files.isDirectory(path) ? journals() : List.of());
        all.addAll(tables());
        all.add(path.resolve("published"));
        return all;
    }

    /** The tidy table of all results. */
    public Path results() {
        return path.resolve("results.parquet");
    }

    /** What acts at whole depth, if the run traces that. */
    public Path wholeDepth() {
        return path.resolve("whole_depth.parquet");
    }

    /** What is kept alone around each layer, if the run traces that. */
    public Path kept() {
        return path.resolve("kept.parquet");
    }

    /** What is cut in every range of layers, if the run traces that. */
    public Path triangle() {
        return path.resolve("triangle.parquet");
    }

    /** What the numbers are held against, if the run traces that. */
    public Path controls() {
        return path.resolve("controls.parquet");
    }

    /** The answers' tokens behind each layer, if the run reads that. */
    public Path lens() {
        return path.resolve("lens.parquet");
    }

    /** What read-out rows attend to, by role, if the run reads that. */
    public Path attention() {
        return path.resolve("attention.parquet");
    }

    /** What pathways' edges carry, likewise. */
    public Path edges() {
        return path.resolve("edges.parquet");
    }

    /** What layers that read the picture add, likewise. */
    public Path gates() {
        return path.resolve("gates.parquet");
    }

    /** What each head attends to, likewise. */
    public Path attentionHeads() {
        return path.resolve("attention_heads.parquet");
    }

    /** What silenced heads take, if the run traces that. */
    public Path heads() {
        return path.resolve("heads.parquet");
    }

    /** The second round, a run of its own, in which shares of the heads are kept and cut together; if the run asks for that. */
    public Path headCurves() {
        return path.resolve("head_curves");
    }

    /** What silenced heads read, if the run silences them by means. */
    Path headMeans() {
        return path.resolve("head_means.json");
    }

    /** All tables that there may be. */
    public List<Path> tables() {
        return List.of(
                results(),
                wholeDepth(),
                kept(),
                triangle(),
                controls(),
                lens(),
                attention(),
                edges(),
                gates(),
                attentionHeads(),
                heads());
    }

    /** Deletes the tables, which are written again once all samples were tried. */
    void deleteResults() {
        for (Path table : tables()) {
            try {
                Files.deleteIfExists(table);
            } catch (IOException e) {
                throw new InputException(
                        table.toString(),
                        "is of fewer samples and cannot be deleted: " + StrictJson.reason(e),
                        "a folder that can be written to",
                        "Check its permissions",
                        e);
            }
        }
    }

    /** Where results in the published form go, by window size and masking. */
    public Path published(int k, String masking) {
        return path.resolve("published").resolve("k" + k + "-" + masking);
    }

    /** All results in the published form that are there. */
    List<Path> published() throws IOException {
        List<Path> files = new ArrayList<>();
        Path all = path.resolve("published");
        if (Files.isDirectory(all)) {
            try (DirectoryStream<Path> folders = Files.newDirectoryStream(all, "k*-*")) {
                for (Path folder : folders) {
                    try (DirectoryStream<Path> samples = Files.newDirectoryStream(folder, "*.json")) {
                        samples.forEach(files::add);
                    }
                }
            }
        }
        return files;
    }

    /** Stands for the run between processes. */
    Path lock() {
        return path.resolve("run.lock");
    }
}
