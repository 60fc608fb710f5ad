package sightline.ask;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import sightline.image.ImageMode;
import sightline.knockout.ModelShape;
import sightline.knockout.RowReading;
import sightline.knockout.Trace;
import sightline.model.Answer;
import sightline.region.PatchGrid;
import sightline.run.Control;
import sightline.run.FoilTokens;
import sightline.run.TraceAdditions;
import sightline.tensor.DType;
import sightline.terminal.TokenChoice;

/**
 * What came of an {@link Inquiry}.
 *
 * @param model the checkpoint's folder, as given
 * @param shape the decoder's layers and sizes
 * @param dtype the format it was computed in
 * @param answerRows the row reading while answering
 * @param imageMode what became of a picture that is no square, in families that have a choice
 * @param answer the traced answer
 * @param candidates per answer token: the token itself, then the likeliest others
 * @param foils what the answer is held against
 * @param foilWords the same as it would be said
 * @param trace the probabilities
 * @param harms each curve's most harmful window; none if greedy decoding does not give the answer
 * @param additions what was traced beside the curves
 * @param pictures by control, the uncut answer with another picture
 * @param words the texts of the tokens that a lens shows, by id
 * @param patches of the picture, if its attention was read
 * @param regions what came of cutting parts of the picture, if that was asked for
 * @param instead by the names of cuts in all layers, what comes in place of the answer where they change it
 * @param seconds how long it took
 */
public record Outcome(
        String model,
        ModelShape shape,
        DType dtype,
        RowReading answerRows,
        Optional<ImageMode> imageMode,
        Answer answer,
        List<List<TokenChoice>> candidates,
        FoilTokens foils,
        FoilWords foilWords,
        Trace trace,
        List<Harm> harms,
        TraceAdditions additions,
        Map<Control, Trace> pictures,
        Map<Integer, String> words,
        Optional<PatchGrid> patches,
        Optional<Regions> regions,
        Map<String, Harm.Words> instead,
        Seconds seconds) {}
