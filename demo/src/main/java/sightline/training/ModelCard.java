package sightline.training;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import sightline.error.InputException;
import sightline.error.InputFile;
import sightline.files.StrictJson;
import sightline.files.WholeFile;

/** The checkpoint's {@code README.md}: what it is, how it was made, how well it answers. */
final class ModelCard {
    private static final String NAME = "README.md";
    private static final String MEASURED = "## How well it answers";
    /** The launcher tells it where there is one. */
    private static final String COMMIT = "sightline.commit";

    private ModelCard() {}

    /** Says how it was made; a card that is there already stays, since it knows its commit and what was measured. */
    static void write(Path folder, TrainingPlan plan, TrainingLoop.Done done) {
        List<String> lines = List.of(
                "# Sightline's demo model",
                "",
                "A small Mllama (the architecture of Llama 3.2-Vision) in the Hugging Face layout. It sees only the demo's"
                        + " world: coloured shapes, and small forms, receipts and notes. Its weights come from no other"
                        + " model and its pictures are all generated.",
                "",
                made(plan, done),
                "",
                "In the last stage of its training some rows were cut off the picture in a share of the sequences"
                        + " (docs/demo-training.md says which), so that no pathway stands in for all others. What knockout"
                        + " curves show of it was thus put there on purpose. When the model is used nothing is cut.",
                "");
        if (!Files.exists(folder.resolve(NAME))) {
            put(folder, lines);
        }
    }

    private static String made(TrainingPlan plan, TrainingLoop.Done done) {
        String commit = System.getProperty(COMMIT, "");
        return String.format(
                Locale.ROOT,
                "Made by `sightline train-demo` from scratch%s: %s, seed %d, %,d steps by two workers, %s.",
                commit.isEmpty() ? "" : ", commit " + commit,
                plan.length(),
                plan.seed(),
                done.steps(),
                pieces(done.runs()));
    }

    private static String pieces(int runs) {
        return switch (runs) {
            case 1 -> "in one piece";
            case 2 -> "interrupted and gone on with once";
            default -> "interrupted and gone on with " + (runs - 1) + " times";
        };
    }

    /** Puts what was measured at its end, in place of what was measured before. */
    static void measured(Path folder, List<String> tables) {
        Path file = folder.resolve(NAME);
        try {
            List<String> lines = new ArrayList<>(Files.readAllLines(InputFile.regular(file)).stream()
                    .takeWhile(line -> !line.equals(MEASURED))
                    .toList());
            lines.add(MEASURED);
            lines.addAll(tables);
            put(folder, lines);
        } catch (IOException e) {
            throw new InputException(
                    file.toString(),
                    "cannot be read: " + StrictJson.reason(e),
                    "the model's card",
                    "Check its permissions",
                    e);
        }
    }

    private static void put(Path folder, List<String> lines) {
        WholeFile.write(
                folder.resolve(NAME),
                out -> out.write((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8)));
    }
}
