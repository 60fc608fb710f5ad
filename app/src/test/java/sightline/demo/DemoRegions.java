package sightline.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sightline.dataset.Dataset;
import sightline.family.Families;
import sightline.image.ImageTiles;
import sightline.image.MeanColour;
import sightline.knockout.AnswerMeasures;
import sightline.knockout.Intervention;
import sightline.knockout.Masking;
import sightline.knockout.Medium;
import sightline.knockout.Reading;
import sightline.knockout.RegionCut;
import sightline.knockout.RegionCut.Target;
import sightline.knockout.RowReading;
import sightline.knockout.SweepRequest;
import sightline.knockout.TokenMeasures;
import sightline.knockout.Trace;
import sightline.knockout.Track;
import sightline.model.Answer;
import sightline.model.Decoding;
import sightline.model.LoadOptions;
import sightline.model.ModelInputs;
import sightline.model.Progress;
import sightline.model.VisionLanguageModel;
import sightline.model.VisionMemory;
import sightline.region.PatchBox;
import sightline.region.PatchGrid;
import sightline.region.RandomBoxes;
import sightline.sweep.CellMap;
import sightline.sweep.SharedSweep;
import sightline.tensor.DType;
import sightline.text.EncodedPrompt;
import sightline.text.Prompt;
import sightline.text.PromptFormat;
import sightline.text.WordPlaces;
import sightline.training.DemoCheckpoint;
import sightline.world.Mix;
import sightline.world.Scene;
import sightline.world.SceneQuestion;
import sightline.world.World;

/**
 * Whether regions and maps point at the thing that is asked about, whose place the demo's world tells of shapes and beings:
 * ten questions that the demo's model answers rightly. No part of the usual run, as its name says to surefire; docs/reading.md has the command
 * and the table that it prints.
 */
class DemoRegions {
    private static final int QUESTIONS = 10;
    private static final int DRAWS = 20;

    /** Patches across a thing's cell. */
    private static final int ACROSS = 3;

    private static final long SEED = 20_000_000;

    @TempDir
    private Path checkpoint;

    /** A question about one thing whose patches fill a box. */
    private record Asked(Scene scene, SceneQuestion question, PatchBox box) {}

    @Test
    void table() throws IOException {
        for (String name : DemoCheckpoint.FILES) {
            try (InputStream in = DemoCheckpoint.open(name)) {
                Files.copy(in, checkpoint.resolve(name));
            }
        }
        List<String> lines = new ArrayList<>();
        try (VisionLanguageModel model =
                        Families.load(checkpoint, LoadOptions.defaults().withDType(DType.FLOAT32));
                SharedSweep sweep = new SharedSweep(model)) {
            for (long seed = SEED; lines.size() < QUESTIONS; seed++) {
                Dataset style = lines.size() < QUESTIONS / 2 ? Dataset.VQAV2 : Dataset.VISUAL7W;
                Scene scene = World.scene(seed, Mix.of(style).withQuestions(4));
                for (SceneQuestion question : scene.questions()) {
                    Optional<String> line = asked(model, scene, question).flatMap(one -> line(model, sweep, one));
                    if (line.isPresent()) {
                        lines.add(line.get());
                        break;
                    }
                }
            }
        }
        List<String> columns = List.of(
                "question",
                "answer",
                "box→last",
                "random",
                "box→all",
                "random",
                "p, box→all",
                "all else→all",
                "filled",
                "p, filled",
                "map: in the box",
                "in a random box",
                "attention, last row",
                "random",
                "attention, question",
                "random");
        System.out.println("| " + String.join(" | ", columns) + " |");
        System.out.println("|" + "---|".repeat(columns.size()));
        lines.forEach(System.out::println);
        assertThat(lines).hasSize(QUESTIONS);
    }

    private static PatchGrid grid(VisionLanguageModel model, Scene scene) {
        return model.processor()
                .patches(scene.picture().width(), scene.picture().height());
    }

    private static Optional<Asked> asked(VisionLanguageModel model, Scene scene, SceneQuestion question) {
        PatchGrid grid = grid(model, scene);
        BitSet shown = new BitSet();
        question.shownAt().forEach(shown::set); // numbered as tokens are
        PatchBox box = null;
        for (int row = 0; row < grid.rows(); row++) {
            for (int column = 0; column < grid.columns(); column++) {
                if (shown.get(grid.token(row, column))) {
                    box = box == null
                            ? new PatchBox(row, column, 1, 1)
                            : new PatchBox(
                                    box.row(),
                                    Math.min(box.column(), column),
                                    row + 1 - box.row(),
                                    Math.max(box.column() + box.columns(), column + 1)
                                            - Math.min(box.column(), column));
                }
            }
        }
        return box != null && grid.tokens(box).equals(shown)
                ? Optional.of(new Asked(scene, question, box))
                : Optional.empty();
    }

    /** Empty if the model's answer is wrong or unsure, or there is no other place of that size. */
    private static Optional<String> line(VisionLanguageModel model, SharedSweep sweep, Asked asked) {
        SceneQuestion question = asked.question();
        Prompt prompt = PromptFormat.of(question.style().toString()).fill(question.question(), question.choices());
        ImageTiles tiles = model.processor().picture(asked.scene().picture());
        PatchGrid grid = grid(model, asked.scene());
        try (VisionMemory seen = model.see(tiles)) {
            EncodedPrompt encoded = model.processor().prompt(prompt, WordPlaces.OPTIONS, seen.tokens());
            Answer answer = model.answer(new ModelInputs(tiles, encoded), seen, Decoding.greedy(16));
            if (!answer.text().equals(question.answer())
                    || new RandomBoxes(0, "demo")
                            .of(grid, List.of(asked.box()), 0)
                            .isEmpty()) {
                return Optional.empty();
            }
            SweepRequest request =
                    new SweepRequest(encoded, answer.tokens(), List.of(), List.of(), List.of(), RowReading.PAPER, 0.6);
            Trace uncut = sweep.run(request, seen, Progress.NONE);
            if (uncut.probability() < 0.5) {
                return Optional.empty();
            }
            Trace filled;
            try (VisionMemory other = model.see(model.processor()
                    .picture(MeanColour.fill(asked.scene().picture(), List.of(grid.pixels(asked.box())))))) {
                filled = sweep.run(request, other, Progress.NONE);
            }
            CellMap.Found map = new CellMap(
                            request,
                            Masking.PAPER,
                            grid,
                            Target.ALL,
                            Medium.IMAGE,
                            one -> sweep.run(one, seen, Progress.NONE))
                    .find(ACROSS, 0);
            List<String> cells = new ArrayList<>(List.of(question.question(), question.answer()));
            cells.addAll(cuts(sweep, request, seen, grid, asked.box(), logOdds(uncut)));
            cells.add(nats(logOdds(filled) - logOdds(uncut)));
            cells.add(String.format(Locale.ROOT, "%.2f → %.2f", uncut.probability(), filled.probability()));
            cells.add(percent(share(map, logOdds(uncut), asked.box())));
            cells.add(percent(elsewhere(map, logOdds(uncut), grid, asked.box())));
            cells.addAll(attention(sweep, request, seen, grid, asked.box()));
            return Optional.of("| " + String.join(" | ", cells) + " |");
        }
    }

    /** Of the first token's attention to the picture, the share in the box, and in random ones: last row, question's rows. */
    private static List<String> attention(
            SharedSweep sweep, SweepRequest request, VisionMemory seen, PatchGrid grid, PatchBox box) {
        List<String> cells = new ArrayList<>();
        for (Target target : List.of(Target.LAST, Target.QUESTION)) {
            List<Intervention> cuts = new ArrayList<>(List.of(cut(grid, box, target)));
            for (int draw = 0; draw < DRAWS; draw++) {
                cuts.add(cut(grid, random(grid, box, draw), target));
            }
            SweepRequest asked = new SweepRequest(
                    request.prompt(),
                    request.answer(),
                    cuts,
                    List.of(),
                    List.of(),
                    request.rows(),
                    List.of(new Reading.Edges()),
                    request.temperature(),
                    List.of());
            double[] shares = sweep.run(asked, seen, Progress.NONE).inside().edges().stream()
                    .mapToDouble(share -> Arrays.stream(share.attention()[0])
                            .filter(Double::isFinite)
                            .average()
                            .orElseThrow())
                    .toArray();
            cells.add(percent(shares[0]));
            cells.add(percent(Arrays.stream(shares, 1, shares.length).average().orElseThrow()));
        }
        return cells;
    }

    private static double logOdds(Trace uncut) {
        return AnswerMeasures.of(
                        uncut.uncut().toArray(TokenMeasures[]::new),
                        uncut.request().answer())
                .logOdds();
    }

    private static String nats(double change) {
        return Math.abs(change) < 0.05
                ? "0.0"
                : String.format(Locale.ROOT, "%+.1f", change).replace('-', '−');
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f %%", 100 * share);
    }

    /** Box to last, random mean; box to all, random mean; all else to all: changes of log-odds. Then p with the box cut. */
    private static List<String> cuts(
            SharedSweep sweep, SweepRequest request, VisionMemory seen, PatchGrid grid, PatchBox box, double uncut) {
        List<Intervention> cuts = new ArrayList<>(List.of(
                cut(grid, box, Target.LAST),
                cut(grid, box, Target.ALL),
                RegionCut.outside(grid.tokens(box), seen.tokens(), Target.ALL, Medium.IMAGE)));
        for (int draw = 0; draw < DRAWS; draw++) {
            PatchBox random = random(grid, box, draw);
            cuts.add(cut(grid, random, Target.LAST));
            cuts.add(cut(grid, random, Target.ALL));
        }
        Trace trace = sweep.run(
                request.withTracks(cuts.stream()
                        .map(cut -> Track.wholeDepth(cut, Masking.PAPER))
                        .toList()),
                seen,
                Progress.NONE);
        double[] change = trace.tracked().stream()
                .mapToDouble(curve -> curve.answer(0, request.answer()).logOdds() - uncut)
                .toArray();
        double toLast = 0;
        double toAll = 0;
        for (int draw = 0; draw < DRAWS; draw++) {
            toLast += change[3 + 2 * draw] / DRAWS;
            toAll += change[4 + 2 * draw] / DRAWS;
        }
        return List.of(
                nats(change[0]),
                nats(toLast),
                nats(change[1]),
                nats(toAll),
                String.format(
                        Locale.ROOT,
                        "%.2f → %.2f",
                        trace.probability(),
                        trace.tracked().get(1).probability()[0]),
                nats(change[2]));
    }

    private static PatchBox random(PatchGrid grid, PatchBox box, int draw) {
        return new RandomBoxes(0, "demo")
                .of(grid, List.of(box), draw)
                .orElseThrow()
                .get(0);
    }

    private static Intervention cut(PatchGrid grid, PatchBox box, Target target) {
        return RegionCut.of(RegionCut.INSIDE, grid.tokens(box), target, Medium.IMAGE);
    }

    /** Of all log-odds that cells cost, what those of a box do, each by how much of it lies there; a rise counts as nothing. */
    private static double share(CellMap.Found map, double uncut, PatchBox box) {
        double inside = 0;
        double all = 0;
        for (CellMap.Cell cell : map.cells()) {
            double loss = Math.max(0, uncut - cell.measures().logOdds());
            all += loss;
            inside += loss * overlap(box, cell.patches()) / cell.patches().patches();
        }
        return inside / all;
    }

    private static int overlap(PatchBox one, PatchBox other) {
        int rows = Math.min(one.row() + one.rows(), other.row() + other.rows()) - Math.max(one.row(), other.row());
        int columns = Math.min(one.column() + one.columns(), other.column() + other.columns())
                - Math.max(one.column(), other.column());
        return Math.max(0, rows) * Math.max(0, columns);
    }

    private static double elsewhere(CellMap.Found map, double uncut, PatchGrid grid, PatchBox box) {
        double sum = 0;
        for (int draw = 0; draw < DRAWS; draw++) {
            sum += share(map, uncut, random(grid, box, draw));
        }
        return sum / DRAWS;
    }
}
