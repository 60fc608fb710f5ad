package sightline.ask;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import sightline.console.Console;
import sightline.option.DeviceChoice;
import sightline.option.DeviceOption;
import sightline.option.ModelOptions;

/** Answers one question about one picture, and traces the answer. */
@Command(
        name = "ask",
        description = {
            "Answers a question about a picture and traces how the picture and the question reach the answer.",
            "",
            "The text output shows how far the answer's probability drops when a pathway is cut around each layer. --json"
                    + " prints every number."
        },
        sortOptions = false,
        customSynopsis = "sightline ask --model DIR --image FILE --question TEXT [OPTIONS]",
        footer = {
            "",
            "Example:",
            "  sightline ask --model Llama-3.2-11B-Vision-Instruct --image photo.png \\",
            "      --question \"What colour is the bus?\" --k 1,9"
        })
public final class AskCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private ModelOptions model;

    @Mixin
    private DeviceOption device;

    @Mixin
    private PictureOptions picture;

    @Mixin
    private AskedOptions asked;

    @Mixin
    private SwapOption swap;

    @Mixin
    private OutOption out;

    @Option(names = "--json", description = "Print one JSON object with every number instead of text.")
    private boolean json;

    public AskCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        DeviceChoice chosen = device.chosen();
        Inquiry inquiry = asked.inquiry(model.folder(), model.loadOptions(chosen), picture.image(), swap.picture());
        chosen.tell(console);
        asked.remarks().forEach(console::note);
        Outcome outcome;
        try (OutFolder folder = OutFolder.begin(out.folder(asked.drawable()))) {
            outcome = inquiry.run(AskWork.on(console), folder);
            folder.finish();
        }
        if (json) {
            console.printJson(AskJson.of(outcome).line());
        } else {
            console.print(AskText.lines(outcome, console.look()));
        }
        return 0;
    }
}
