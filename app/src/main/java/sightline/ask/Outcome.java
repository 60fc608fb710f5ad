package sightline.ask;

import java.util.List;
import java.util.Optional;
import sightline.knockout.ModelShape;
import sightline.knockout.RowReading;
import sightline.knockout.Trace;
import sightline.model.Answer;
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
 * @param answer the traced answer
 * @param candidates per answer token: the token itself, then the likeliest others
 * @param trace the probabilities
 * @param harms each curve's most harmful window; none if greedy decoding does not give the answer
 * @param additions what was traced beside the curves
 * @param blank the uncut answer with the picture's mean colour, if it was asked for
 * @param regions what came of cutting parts of the picture, if that was asked for
 * @param seconds how long it took
 */
record Outcome(
        String model,
        ModelShape shape,
        DType dtype,
        RowReading answerRows,
        Answer answer,
        List<List<TokenChoice>> candidates,
        Trace trace,
        List<Harm> harms,
        TraceAdditions additions,
        Optional<Trace> blank,
        Optional<Regions> regions,
        Seconds seconds) {}
