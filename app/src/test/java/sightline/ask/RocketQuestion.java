package sightline.ask;

import java.util.ArrayList;
import java.util.List;
import sightline.app.CommandRun;

/** The reference's question about the rocket, with its answer, asked by the command. */
final class RocketQuestion {
    private RocketQuestion() {}

    /** @param more options; with another {@code --image} it is asked about that */
    static CommandRun ask(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "ask",
                "--model",
                CommandRun.TINY10,
                "--prompt",
                "plain",
                "--question",
                "What colour is the rocket?",
                "--answer-tokens",
                "313,364",
                "--dtype",
                "float32"));
        arguments.addAll(List.of(more));
        if (!arguments.contains("--image")) {
            arguments.addAll(List.of("--image", CommandRun.image("astronaut.png")));
        }
        return CommandRun.of(arguments.toArray(String[]::new));
    }

    /** The same with more options, before what a test adds. */
    static CommandRun ask(List<String> options, String... more) {
        List<String> all = new ArrayList<>(options);
        all.addAll(List.of(more));
        return ask(all.toArray(String[]::new));
    }
}
