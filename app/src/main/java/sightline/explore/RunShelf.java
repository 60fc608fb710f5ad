package sightline.explore;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import sightline.analysis.RunResults;
import sightline.analysis.StudySummary;
import sightline.analysis.SummarySettings;
import sightline.error.InputException;
import sightline.figure.ReportWriter;
import sightline.files.FileHash;
import sightline.image.PictureReader;
import sightline.image.RgbImage;
import sightline.run.NamedRun;

/** The runs that the explorer was started with, by number, and where their pictures may lie. */
final class RunShelf {
    private final List<NamedRun> runs;
    private final List<Path> images;
    private final Map<Integer, RunRows> rows = new ConcurrentHashMap<>();
    private final Map<Integer, String> reports = new ConcurrentHashMap<>();

    private RunShelf(List<NamedRun> runs, List<Path> images) {
        this.runs = runs;
        this.images = images;
    }

    /**
     * Those in folders.
     *
     * @param folders runs, or studies with a run in them
     * @param images folders with pictures
     * @throws InputException if one is none
     */
    static RunShelf of(List<Path> folders, List<Path> images) {
        for (Path folder : images) {
            if (!Files.isDirectory(folder)) {
                throw new InputException(
                        "--images", folder + " is no folder", "one with the pictures of --runs", "Check the name");
            }
        }
        return new RunShelf(
                NamedRun.read(folders.stream().map(RunShelf::inStudy).toList()), List.copyOf(images));
    }

    /** A study's folder stands for its run. */
    private static Path inStudy(Path folder) {
        Path run = folder.resolve("run");
        return !Files.exists(folder.resolve("manifest.json")) && Files.isDirectory(run) ? run : folder;
    }

    /** All of them, as the page lists them. */
    ArrayNode json(Desk desk) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        for (int number = 0; number < runs.size(); number++) {
            NamedRun run = runs.get(number);
            ObjectNode json = all.addObject();
            json.put("number", number).put("name", run.name());
            json.put("dataset", run.manifest().dataset().toString());
            json.put("title", run.manifest().dataset().title());
            json.put("prompt", run.manifest().dataset().prompt().name());
            json.put("samples", run.manifest().datasetFile().entries());
            json.put("layers", run.manifest().model().layers());
            json.put("here", !images.isEmpty() && isOf(run, desk));
        }
        return all;
    }

    /** Whether a run's model is the one that is loaded. */
    private boolean isHere(int number, Desk desk) {
        return isOf(run(number), desk);
    }

    /** Whether the model that is loaded has made a run: the same configuration, and layers. */
    private static boolean isOf(NamedRun run, Desk desk) {
        return desk.loaded()
                .map(loaded ->
                        loaded.fingerprint().equals(run.manifest().model().fingerprint()))
                .orElse(false);
    }

    boolean isEmpty() {
        return runs.isEmpty();
    }

    private NamedRun run(int number) {
        if (number >= runs.size() || number < 0) {
            throw new RequestRefusal(RequestRefusal.MISSING, "There is no such run.");
        }
        return runs.get(number);
    }

    /** The samples of a run; read when they are first asked for. */
    RunRows rows(int number) {
        NamedRun run = run(number);
        return rows.computeIfAbsent(number, same -> RunRows.read(number, run));
    }

    /** Its samples' table; with tokens as text if the run's model is the one that is loaded. */
    String samples(int number, Desk desk) {
        Optional<Function<Integer, String>> word = isHere(number, desk)
                ? desk.loaded().map(loaded -> loaded.model().processor()::token)
                : Optional.empty();
        return rows(number).json(word);
    }

    /** What the report's page of a run is made of. */
    String report(int number) {
        NamedRun run = run(number);
        return reports.computeIfAbsent(
                number,
                same -> ReportWriter.data(
                        StudySummary.of(RunResults.read(List.of(run.folder())), SummarySettings.usual())));
    }

    /**
     * A sample's picture, if one of the folders has it.
     *
     * @throws RequestRefusal if none has, or another picture of its name
     */
    RgbImage picture(int number, int row) {
        RunRows.Row sample = rows(number).row(row);
        String name = sample.image();
        Path relative = Path.of(name);
        boolean inside = !relative.isAbsolute()
                && IntStream.range(0, relative.getNameCount())
                        .noneMatch(part -> relative.getName(part).toString().equals(".."));
        Optional<Path> file = inside
                ? images.stream()
                        .map(folder -> folder.resolve(name))
                        .filter(Files::isRegularFile)
                        .findFirst()
                : Optional.empty();
        byte[] bytes = file.map(PictureReader::bytes)
                .orElseThrow(() -> new RequestRefusal(
                        RequestRefusal.MISSING,
                        "The picture " + name + " is in no folder of --images. Start the explorer with its folder."));
        if (!sample.sha256().isEmpty() && !sample.sha256().equals(FileHash.of(bytes))) {
            throw new RequestRefusal(RequestRefusal.MISSING, "The picture " + name + " is another one than the run's.");
        }
        return PictureReader.read(bytes, name, Pictures.MOST_PIXELS);
    }
}
