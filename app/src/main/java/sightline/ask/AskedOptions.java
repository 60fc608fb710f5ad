package sightline.ask;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import sightline.model.LoadOptions;
import sightline.option.AdditionOptions;
import sightline.option.FoilOptions;
import sightline.option.InsideOptions;
import sightline.option.TraceOptions;
import sightline.option.Tracing;
import sightline.text.Prompt;

/** What is asked about a picture, whatever the picture and the model: the options that {@code ask} and the explorer share. */
public final class AskedOptions {
    @Mixin
    private QuestionOptions question;

    @Mixin
    private AnswerOptions answer;

    @Mixin
    private TraceOptions trace;

    @Mixin
    private OwnCutOption own;

    @Mixin
    private DecodeOption decode;

    @Mixin
    private AdditionOptions additions;

    @Mixin
    private InsideOptions inside;

    @Mixin
    private AttentionRowsOption attentionRows;

    @Mixin
    private FoilOptions foil;

    @Mixin
    private RegionOptions regions;

    /**
     * The inquiry.
     *
     * @param model the checkpoint's folder
     * @param loading how it is loaded
     * @param image the picture's file
     * @param other the picture in place of it, for control swap
     * @throws sightline.error.InputException if an option cannot be used
     */
    public Inquiry inquiry(Path model, LoadOptions loading, Path image, Optional<Path> other) {
        Prompt prompt = question.prompt();
        Tracing tracing = trace.tracing();
        return new Inquiry(
                model,
                loading,
                image,
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
                regions.asked(),
                own.cuts(),
                own.top());
    }

    /** Options that change nothing as they are. */
    List<String> remarks() {
        return answer.remarks();
    }

    /** Whether pictures can be made of what is asked. */
    boolean drawable() {
        return regions.asked().any() || inside.attends();
    }
}
