package sightline.model;

import java.nio.file.Path;
import sightline.checkpoint.CheckpointFiles;
import sightline.checkpoint.GenerationConfig;
import sightline.checkpoint.ModelConfig;
import sightline.image.ImageTiles;
import sightline.knockout.ModelShape;
import sightline.knockout.RowReading;
import sightline.plan.FamilyRules;
import sightline.tensor.Compute;
import sightline.tensor.DType;
import sightline.tensor.TensorOwner;
import sightline.text.EncodedPrompt;

/**
 * A loaded model of any family: a shape, rules, a processor and a decoder. Immutable after loading; may be used from several
 * threads, one computation at a time being fastest.
 *
 * <p>Owns its weights and the mapped checkpoint until {@link #close()}; what runs on other threads then still ends well.
 */
public interface VisionLanguageModel extends AutoCloseable {
    /** All sizes. */
    ModelConfig config();

    /** The decoder's layers and sizes. */
    default ModelShape shape() {
        return config().shape();
    }

    /** What is particular to this family in an experiment. */
    default FamilyRules rules() {
        return config().rules();
    }

    /** The same knockout by definition, for the oracle. */
    EdgeDefinition definition();

    /** Turns pictures and prompts into inputs. */
    Processor processor();

    /** The decoder, for those who hold a {@link #use}. */
    Decoder decoder();

    /** Where and in which format this model computes. */
    Compute compute();

    /** The format of hidden states. */
    default DType dtype() {
        return compute().dtype();
    }

    /**
     * The format in which weight matrices are held: that of products, or as they are stored if converted ones would not
     * fit. Float16, which is widened at the same cost, counts as bfloat16.
     */
    DType weightFormat();

    /** The checkpoint's folder. */
    Path folder();

    /** The state of the checkpoint's files from before the first of them was read for this model. */
    CheckpointFiles files();

    /** Stop tokens and sampling settings that the checkpoint recommends. */
    GenerationConfig generation();

    /** The picture as the decoder reads it; see {@link #see(ImageTiles, Progress)}. */
    default VisionMemory see(ImageTiles picture) {
        return see(picture, Progress.NONE);
    }

    /**
     * Sees a picture.
     *
     * @param picture tiles as this model's processor makes them
     * @param progress hears of the vision tower's layers
     * @return owned by the caller
     * @throws IllegalArgumentException if the tiles are of another size or number than this model's
     */
    VisionMemory see(ImageTiles picture, Progress progress);

    /**
     * Keeps this model and a picture's memory from being freed until the result is closed. Held by whoever computes with the
     * {@link #decoder()}. Until then a small model's operations on this thread keep to one core, so it is closed on the same
     * thread.
     *
     * @throws IllegalStateException if either is closed
     * @throws IllegalArgumentException if the memory was made by another model
     */
    TensorOwner.Use use(VisionMemory seen);

    /** Answers with the reading {@link RowReading#TRANSFORMERS}, as the reference implementation does. */
    default Answer answer(ModelInputs inputs, VisionMemory seen, Decoding decoding) {
        return answer(inputs.prompt(), seen, RowReading.TRANSFORMERS, decoding, Progress.NONE);
    }

    /**
     * Generates an answer token by token until a stop token of {@code generation_config.json}.
     *
     * @param seen the picture of this prompt, from {@link #see(ImageTiles, Progress)}
     * @param reading what rows before the image token do
     * @param progress hears of each token
     */
    default Answer answer(
            EncodedPrompt prompt, VisionMemory seen, RowReading reading, Decoding decoding, Progress progress) {
        return answer(prompt, seen, reading, decoding, progress, TokenListener.NONE);
    }

    /**
     * The same, heard token by token.
     *
     * @param listener hears each token; what it throws ends the answer
     * @throws sightline.error.InputException if the model says the image token
     */
    default Answer answer(
            EncodedPrompt prompt,
            VisionMemory seen,
            RowReading reading,
            Decoding decoding,
            Progress progress,
            TokenListener listener) {
        return new Answerer(this).answer(prompt, seen, reading, decoding, progress, listener);
    }

    /**
     * A prompt's first rows, as far as all questions on the picture have them in common. For those who hold a {@link #use};
     * the memory owns them.
     *
     * @return without any row if none is common
     */
    default KnownRows firstRows(EncodedPrompt prompt, VisionMemory seen, RowReading reading) {
        return new Answerer(this).firstRows(prompt, seen, reading);
    }

    /**
     * Every hidden state of the prompt, as float32.
     *
     * @return [layer + 1][row · hidden + channel]: entry 0 the embeddings, then each layer's output before the final norm
     */
    default float[][] hiddenStates(EncodedPrompt prompt, VisionMemory seen, RowReading reading) {
        return new Answerer(this).hiddenStates(prompt, seen, reading);
    }

    /**
     * The logits behind the last prompt token, as float32.
     *
     * @return (vocabulary)
     */
    default float[] logits(EncodedPrompt prompt, VisionMemory seen, RowReading reading) {
        return new Answerer(this).logits(prompt, seen, reading);
    }

    /**
     * Frees weights, mapped files and the tokeniser, once what runs on other threads has ended. Closing twice is harmless;
     * use after close is an IllegalStateException.
     */
    @Override
    void close();
}
