package sightline.answering;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import sightline.dataset.ChoiceOrder;
import sightline.dataset.Dataset;
import sightline.dataset.OfficialQuestion;
import sightline.knockout.RowReading;
import sightline.model.Decoding;
import sightline.model.LoadOptions;

/**
 * Which questions a model is to answer, and how.
 *
 * @param dataset whose questions are asked
 * @param out the file of answers; what is needed to go on after a kill lies in a folder beside it
 * @param images the folder of pictures
 * @param model the checkpoint's folder
 * @param loading how it is loaded
 * @param rows what rows before the image token read
 * @param decoding how answers are generated; each question draws from a seed of its own, made of this one and its id
 * @param choiceSeed shuffles each question's choices, together with its id
 */
public record AnswerPlan(
        Dataset dataset,
        Path out,
        Path images,
        Path model,
        LoadOptions loading,
        RowReading rows,
        Decoding decoding,
        long choiceSeed) {
    /** The seed of the published study. */
    public static final long PUBLISHED_SEED = 42;

    public AnswerPlan {
        Objects.requireNonNull(dataset);
        Objects.requireNonNull(out);
        Objects.requireNonNull(images);
        Objects.requireNonNull(model);
        Objects.requireNonNull(loading);
        Objects.requireNonNull(rows);
        Objects.requireNonNull(decoding);
    }

    /** A question's choices in the order in which the model sees them; none without choices. */
    List<String> choices(OfficialQuestion sample) {
        return ChoiceOrder.shuffled(sample.question().choices(), choiceSeed, sample.id());
    }

    /** How a question is answered: the same whichever others are asked. */
    Decoding decoding(long id) {
        long seed = mixed(mixed(decoding.seed()) ^ id);
        return new Decoding(decoding.maxNewTokens(), decoding.temperature(), decoding.topP(), seed);
    }

    /** Spreads every bit over all (Steele, Lea and Flood 2014, "Fast splittable pseudorandom number generators"). */
    private static long mixed(long bits) {
        long z = bits + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** The folder beside the file of answers. */
    Path work() {
        return out.resolveSibling(out.getFileName() + ".run");
    }
}
