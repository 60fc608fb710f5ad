package sightline.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import sightline.error.InputException;
import sightline.files.Json;

/** The checkpoint's {@code README.md}: what it is, how it was made, how well it answers. */
final class ModelCard {
    private static final String NAME = "README.md";
    /** The launcher tells it where there is one. */
    private static final String COMMIT = "sightline.commit";

    private ModelCard() {}

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
        put(folder, lines, StandardOpenOption.TRUNCATE_EXISTING);
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

    static void append(Path folder, List<String> lines) {
        put(folder, lines, StandardOpenOption.APPEND);
    }

    private static void put(Path folder, List<String> lines, StandardOpenOption how) {
        Path file = folder.resolve(NAME);
        try {
            Files.write(file, lines, StandardOpenOption.CREATE, StandardOpenOption.WRITE, how);
        } catch (IOException e) {
            throw new InputException(
                    file.toString(),
                    "cannot be written: " + Json.reason(e),
                    "a folder that can be written to",
                    "Check the disk",
                    e);
        }
    }
}
