package sightline.demo;

import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import sightline.console.Console;
import sightline.console.Interruption;
import sightline.option.Options;
import sightline.training.TrainDemo;
import sightline.training.TrainingListener;

/** Trains the demo's model from scratch. */
@Command(
        name = "train-demo",
        description = {
            "Trains the demo's small model from scratch and writes it as a checkpoint.",
            "",
            "The same command goes on with a training that was interrupted. At the end the model answers questions about"
                    + " unseen pictures, and the tables go to stdout and into the checkpoint's README.md."
        },
        sortOptions = false)
public final class TrainDemoCommand implements Callable<Integer> {
    private static final int UNSEEN_PICTURES = 300;
    private static final double SECONDS_BETWEEN_LINES = 10;

    private final Console console;
    private final int unseenPictures;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "The checkpoint's folder: a new or empty one, or that of an interrupted training.")
    private Path out;

    @Option(
            names = "--minutes",
            defaultValue = "90",
            paramLabel = "N",
            description = "How long to train in all; the stages scale with it. 90 by default, for two free cores.")
    private String minutes;

    @Option(
            names = "--seed",
            defaultValue = "1",
            paramLabel = "N",
            description = "Decides the first weights and all pictures; 1 by default.")
    private String seed;

    public TrainDemoCommand(Console console) {
        this(console, UNSEEN_PICTURES);
    }

    /** With so many unseen pictures at the end. */
    TrainDemoCommand(Console console, int unseenPictures) {
        this.console = console;
        this.unseenPictures = unseenPictures;
    }

    @Override
    public Integer call() {
        double time = Options.positive("--minutes", minutes, 10_000, "90");
        TrainDemo training = new TrainDemo(Options.output("--out", out), Options.wholeNumber("--seed", seed, "1"));
        try (Interruption interruption =
                Interruption.saying(console, "stopping after the step in hand, then saving.")) {
            if (!training.train(time, new Lines(time, interruption))) {
                console.note("stopped. The same command goes on from there.");
                return Interruption.STATUS;
            }
        }
        console.note("trained; now asking about unseen pictures");
        console.print(training.evaluate(unseenPictures));
        console.note("wrote " + out + "; see what it is with: sightline check " + out);
        return 0;
    }

    /** A line now and then, and all that goes into the log. */
    private final class Lines implements TrainingListener {
        private final double minutes;
        private final Interruption interruption;
        private double next;

        Lines(double minutes, Interruption interruption) {
            this.minutes = minutes;
            this.interruption = interruption;
        }

        @Override
        public void step(long step, double done, double seconds, String state) {
            if (seconds >= next) {
                next = seconds + SECONDS_BETWEEN_LINES;
                double left = Math.max(0, minutes - seconds / 60);
                console.note(String.format(Locale.ROOT, "step %d, %.1f min left, %s", step, left, state));
            }
        }

        @Override
        public void log(String line) {
            console.note(line);
        }

        @Override
        public boolean stops() {
            return interruption.asked();
        }
    }
}
