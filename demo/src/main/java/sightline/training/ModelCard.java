package sightline.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import sightline.error.InputException;

/** The checkpoint's {@code README.md}: what it is, how it was made, how well it answers. */
final class ModelCard {
    private static final String NAME = "README.md";

    private ModelCard() {}

    static void write(Path folder, long seed, TrainingLoop.Done done, List<String> evaluation) {
        List<String> lines = new ArrayList<>(List.of(
                "# Sightline's demo model",
                "",
                "A small Mllama (the architecture of Llama 3.2-Vision) in the Hugging Face layout. It sees only the demo's"
                        + " world: coloured shapes, and small forms, receipts and notes. Its weights come from no other"
                        + " model and its pictures are all generated.",
                "",
                "Made by `sightline train-demo --seed " + seed + "` in "
                        + String.format(Locale.ROOT, "%d steps and %.0f minutes", done.steps(), done.seconds() / 60)
                        + " on two workers.",
                "",
                "In most sequences of its training some rows were cut off the picture: of questions about shapes the last"
                        + " row in all cross-attention layers, of questions about documents in the early ones, and the"
                        + " question's rows in the last one. What knockout curves show of it was thus put there on purpose."
                        + " When the model is used nothing is cut.",
                ""));
        lines.addAll(evaluation);
        put(folder, lines, StandardOpenOption.TRUNCATE_EXISTING);
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
                    file.toString(), "cannot be written: " + e, "a folder that can be written to", "Check the disk", e);
        }
    }
}
