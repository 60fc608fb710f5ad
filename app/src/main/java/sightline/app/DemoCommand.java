package sightline.app;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import sightline.knockout.Pathway;
import sightline.knockout.Strategy;
import sightline.knockout.SweepRequest;
import sightline.model.Decoding;
import sightline.model.LoadOptions;
import sightline.model.Masking;
import sightline.model.RowReading;
import sightline.tensor.DType;
import sightline.text.Prompt;
import sightline.text.PromptFormat;

/** Shows what Sightline does, without a checkpoint at hand. */
@Command(
        name = "demo",
        description = "Traces a photograph on a tiny model that is part of Sightline; its weights are random.")
final class DemoCommand implements Callable<Integer> {
    private static final String QUESTION = "What colour is the rocket?";
    private static final int WINDOW = 3;
    private static final int TOKENS = 2;

    private final Console console;

    DemoCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Prompt prompt = PromptFormat.of("plain").fill(QUESTION, List.of());
        try (DemoFiles files = DemoFiles.unpack()) {
            Inquiry inquiry = new Inquiry(
                    files.checkpoint(),
                    LoadOptions.defaults().withDType(DType.FLOAT32),
                    files.image(),
                    prompt,
                    new Answering(Optional.empty(), Optional.empty(), RowReading.TRANSFORMERS, Decoding.greedy(TOKENS)),
                    new Tracing(
                            Pathway.PUBLISHED,
                            List.of(WINDOW),
                            RowReading.PAPER,
                            Masking.PAPER,
                            SweepRequest.PUBLISHED_TEMPERATURE,
                            Strategy.SHARED,
                            0));
            console.print(List.of(
                    "A photograph of an astronaut before a model of a rocket, and the question:",
                    QUESTION,
                    "The model is tiny and its weights are random: its answer means nothing.",
                    ""));
            Outcome outcome = inquiry.run(console);
            console.print(AskText.lines(outcome, console.look()));
        }
        console.print(List.of(
                "",
                "With a real Llama 3.2-Vision checkpoint (Hugging Face layout):",
                "  ./sightline check DIR",
                "  ./sightline ask --model DIR --image photo.png --question \"What is this?\""));
        return 0;
    }
}
