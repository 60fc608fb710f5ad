package sightline.ask;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import sightline.console.Console;
import sightline.option.AdditionOptions;
import sightline.option.DeviceChoice;
import sightline.option.DeviceOption;
import sightline.option.FoilOptions;
import sightline.option.InsideOptions;
import sightline.option.ModelOptions;
import sightline.option.TraceOptions;
import sightline.option.Tracing;
import sightline.text.Prompt;

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
    private QuestionOptions question;

    @Mixin
    private AnswerOptions answer;

    @Mixin
    private TraceOptions trace;

    @Mixin
    private DecodeOption decode;

    @Mixin
    private AdditionOptions additions;

    @Mixin
    private InsideOptions inside;

    @Mixin
    private AttentionRowsOption attentionRows;

    @Mixin
    private SwapOption swap;

    @Mixin
    private FoilOptions foil;

    @Mixin
    private RegionOptions regions;

    @Mixin
    private OutOption out;

    @Option(names = "--json", description = "Print one JSON object with every number instead of text.")
    private boolean json;

    public AskCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Prompt prompt = question.prompt();
        DeviceChoice chosen = device.chosen();
        Tracing tracing = trace.tracing();
        Optional<Path> other = swap.picture();
        Inquiry inquiry = new Inquiry(
                model.folder(),
                model.loadOptions(chosen),
                question.image(),
                question.wording(),
                prompt,
                question.choices(),
                answer.answering(prompt.maxNewTokens()),
                tracing,
                decode.tokens(),
                additions.ofOneSample(List.of(tracing.masking()), other.isPresent()),
                inside.readings(),
                attentionRows.asked(inside.attends()),
                other,
                foil.foils(question.choices().size()),
                regions.asked());
        chosen.tell(console);
        answer.remarks().forEach(console::note);
        Outcome outcome;
        try (OutFolder folder = OutFolder.begin(out.folder(regions.asked().any() || inside.attends()))) {
            outcome = inquiry.run(console, folder);
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
