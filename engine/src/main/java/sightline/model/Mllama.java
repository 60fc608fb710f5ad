package sightline.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.bytedeco.pytorch.Tensor;
import sightline.checkpoint.Checkpoint;
import sightline.checkpoint.CheckpointFiles;
import sightline.checkpoint.GenerationConfig;
import sightline.checkpoint.MllamaConfig;
import sightline.checkpoint.WeightSource;
import sightline.image.ImageTiles;
import sightline.tensor.Compute;
import sightline.tensor.Cores;
import sightline.tensor.DType;
import sightline.tensor.Linear;
import sightline.tensor.Scope;
import sightline.tensor.TensorOwner;
import sightline.text.EncodedPrompt;

/**
 * The loaded model. Immutable after loading; may be used from several threads, one computation at a time being fastest.
 *
 * <p>Owns its weights and the mapped checkpoint until {@link #close()}; what runs on other threads then still ends well.
 * What its methods return is either plain Java or owned by the caller, as they say.
 */
public final class Mllama implements AutoCloseable {
    private final WeightSource source;
    private final Optional<Checkpoint> checkpoint;
    private final Optional<Processor> processor;
    private final Compute compute;
    private final boolean keepsStored;
    private final long parameters;
    private final TensorOwner owner;
    private final VisionTower vision;
    private final Linear projector;
    private final TextDecoder decoder;

    private Mllama(
            WeightSource source,
            Optional<Checkpoint> checkpoint,
            Optional<Processor> processor,
            LoadOptions options,
            TensorOwner owner) {
        this.source = source;
        this.checkpoint = checkpoint;
        this.processor = processor;
        this.owner = owner;
        parameters = source.config().parameters();
        compute = new Compute(options.device(), options.decide(parameters));
        keepsStored = parameters * compute.matmul().bytes() > options.weightBudget();
        Weights weights = new Weights(source, compute, keepsStored, owner);
        vision = new VisionTower(weights, source.config().vision());
        projector = weights.linear("multi_modal_projector", true);
        decoder = new TextDecoder(weights, source.config().text());
    }

    /**
     * Loads a checkpoint folder in the Hugging Face layout. Weights are mapped, not copied, where they need no
     * conversion.
     *
     * @throws sightline.error.InputException if the folder is no checkpoint of this model, is incomplete or damaged, or
     *     the device is not at hand
     */
    public static Mllama load(Path folder, LoadOptions options) {
        options.device().require();
        return load(Checkpoint.open(folder), options);
    }

    /**
     * The same of a folder that is open already.
     *
     * @param checkpoint closed with the model; at once if it cannot be loaded
     */
    public static Mllama load(Checkpoint checkpoint, LoadOptions options) {
        try {
            options.device().require();
            Processor processor = Processor.load(checkpoint.dir(), checkpoint.config(), options.chatTemplate());
            try {
                return build(checkpoint, Optional.of(checkpoint), Optional.of(processor), options);
            } catch (RuntimeException | Error e) {
                processor.close();
                throw e;
            }
        } catch (RuntimeException | Error e) {
            checkpoint.close();
            throw e;
        }
    }

    /**
     * A model of other weights than a checkpoint's, random ones for instance. It has no processor and no stop tokens.
     *
     * @param source closed with the model
     */
    public static Mllama of(WeightSource source, LoadOptions options) {
        options.device().require();
        return build(source, Optional.empty(), Optional.empty(), options);
    }

    private static Mllama build(
            WeightSource source, Optional<Checkpoint> checkpoint, Optional<Processor> processor, LoadOptions options) {
        TensorOwner owner = new TensorOwner("the model");
        try (Scope scope = Scope.open()) {
            return new Mllama(source, checkpoint, processor, options, owner);
        } catch (RuntimeException | Error e) {
            owner.close();
            throw e;
        }
    }

    /** The model's sizes. */
    public MllamaConfig config() {
        return source.config();
    }

    /** The checkpoint's folder. */
    public Path folder() {
        return checkpoint.orElseThrow(() -> without("folder")).dir();
    }

    /** The state of the checkpoint's files from before the first of them was read for this model. */
    public CheckpointFiles files() {
        return checkpoint.orElseThrow(() -> without("files")).files();
    }

    /** Stop tokens and sampling settings that the checkpoint recommends. */
    public GenerationConfig generation() {
        return checkpoint.orElseThrow(() -> without("generation settings")).generation();
    }

    /** Turns pictures and prompts into inputs. */
    public Processor processor() {
        return processor.orElseThrow(() -> without("processor"));
    }

    private static IllegalStateException without(String what) {
        return new IllegalStateException("this model was not loaded from a checkpoint and has no " + what);
    }

    /**
     * Keeps this model and an image's memory from being freed until the result is closed. Held by whoever computes with
     * the {@link #decoder()}; the methods here do so themselves. Until then a small model's operations on this thread keep
     * to one core ({@link Cores}), so it is closed on the same thread.
     *
     * @throws IllegalStateException if either is closed
     * @throws IllegalArgumentException if the memory was made by another model
     */
    public TensorOwner.Use use(VisionMemory seen) {
        TensorOwner.Use weights = use();
        try {
            TensorOwner.Use memory = seen.useBy(decoder);
            return () -> {
                memory.close();
                weights.close();
            };
        } catch (RuntimeException e) {
            weights.close();
            throw e;
        }
    }

    private TensorOwner.Use use() {
        TensorOwner.Use weights = owner.use();
        Cores.Held cores = Cores.of(parameters);
        return () -> {
            cores.close();
            weights.close();
        };
    }

    /** The decoder, for sweeps. */
    public TextDecoder decoder() {
        owner.requireOpen();
        return decoder;
    }

    /** Where and in which format this model computes. */
    public Compute compute() {
        return compute;
    }

    /** The format of hidden states. */
    public DType dtype() {
        return compute.dtype();
    }

    /**
     * The format in which weight matrices are held: that of products, or as they are stored if converted ones would not
     * fit. Float16, which is widened at the same cost, counts as bfloat16.
     */
    public DType weightFormat() {
        if (!keepsStored) {
            return compute.matmul();
        }
        Tensor head = source.weight("language_model.lm_head.weight");
        return java.util.Arrays.stream(DType.values())
                .filter(format -> format.holds(head))
                .findFirst()
                .orElse(DType.BFLOAT16);
    }

    /** The picture as the decoder reads it; see {@link #see(ImageTiles, Progress)}. */
    public VisionMemory see(ImageTiles picture) {
        return see(picture, Progress.NONE);
    }

    /**
     * Runs the vision tower and computes every cross-attention layer's keys and values.
     *
     * @param picture tiles as this model's processor makes them
     * @param progress hears of the tower's layers
     * @return owned by the caller
     * @throws IllegalArgumentException if the tiles are of another size or number than this model's
     */
    public VisionMemory see(ImageTiles picture, Progress progress) {
        requireFitting(picture);
        try (TensorOwner.Use use = use();
                Scope scope = Scope.open()) {
            Tensor image = project(vision.apply(picture, progress));
            int tokensPerTile = config().vision().tokensPerTile();
            VisionMemory memory = new VisionMemory(
                    decoder,
                    config().text().layers(),
                    picture.count() * tokensPerTile,
                    config().vision().maxTiles() * tokensPerTile,
                    compute);
            try {
                for (int layer : config().text().crossAttentionLayers()) {
                    CrossAttentionLayer block = decoder.crossAttention(layer);
                    memory.remember(layer, block.keys(image), block.values(image), config().text());
                }
            } catch (RuntimeException | Error e) {
                memory.close();
                throw e;
            }
            return memory;
        }
    }

    private void requireFitting(ImageTiles picture) {
        int side = config().vision().imageSize();
        int most = config().vision().maxTiles();
        if (picture.tile() != side || picture.maxTiles() != most) {
            throw new IllegalArgumentException(picture + ", expected " + most + " tiles of " + side
                    + " pixels, as this model's processor makes them");
        }
    }

    /** The vision tower's output (tiles · tokens per tile, output size), owned by the current scope. */
    Tensor vision(ImageTiles picture) {
        return vision.apply(picture, Progress.NONE);
    }

    /** The tower's output (tokens, output size) -> what cross-attention reads (tokens, hidden). */
    Tensor project(Tensor visionOutput) {
        return projector.apply(visionOutput);
    }

    /** Answers with the reading {@link RowReading#TRANSFORMERS}, as the reference implementation does. */
    public Answer answer(ModelInputs inputs, VisionMemory seen, Decoding decoding) {
        return answer(inputs, seen, RowReading.TRANSFORMERS, decoding, Progress.NONE);
    }

    /**
     * Generates an answer token by token until a stop token of {@code generation_config.json}.
     *
     * @param seen the picture of these inputs, from {@link #see}
     * @param reading what rows before the image token do
     * @param progress hears of each token
     */
    public Answer answer(
            ModelInputs inputs, VisionMemory seen, RowReading reading, Decoding decoding, Progress progress) {
        return answer(inputs.prompt(), seen, reading, decoding, progress);
    }

    /** The same for a question of which the picture is only needed as the decoder sees it. */
    public Answer answer(
            EncodedPrompt question, VisionMemory seen, RowReading reading, Decoding decoding, Progress progress) {
        int[] prompt = question.ids();
        TextDecoder.Context context =
                new TextDecoder.Context(seen, question.imagePosition(), reading, Cut.PerLayer.NONE);
        TokenChooser chooser = new TokenChooser(decoding);
        List<Integer> tokens = new ArrayList<>();
        OptionalInt stop = OptionalInt.empty();
        int capacity = Math.addExact(prompt.length, decoding.maxNewTokens());
        try (TensorOwner.Use use = use(seen);
                KeyValueCache cache = new KeyValueCache(config().text(), capacity, compute)) {
            int[] next = prompt;
            while (tokens.size() < decoding.maxNewTokens()) {
                int token = chooser.choose(lastLogits(next, context, cache));
                if (generation().endTokens().contains(token)) {
                    stop = OptionalInt.of(token);
                    break;
                }
                tokens.add(token);
                progress.done(tokens.size(), decoding.maxNewTokens());
                next = new int[] {token};
            }
            int[] ids = tokens.stream().mapToInt(Integer::intValue).toArray();
            return new Answer(ids, processor().decode(ids), stop.isPresent(), stop);
        }
    }

    private float[] lastLogits(int[] ids, TextDecoder.Context context, KeyValueCache cache) {
        try (Scope scope = Scope.open()) {
            Tensor x = decoder.forward(ids, context, cache, TextDecoder.LayerListener.NONE);
            return sightline.tensor.Arrays.floats(decoder.logits(x.narrow(0, ids.length - 1L, 1)));
        }
    }

    /**
     * Every hidden state of the prompt, as float32.
     *
     * @return [layer + 1][row · hidden + channel]: entry 0 the embeddings, then each layer's output before the final norm
     */
    public float[][] hiddenStates(ModelInputs inputs, VisionMemory seen, RowReading reading) {
        int[] prompt = inputs.prompt().ids();
        float[][] states = new float[config().text().layers() + 1][];
        TextDecoder.Context context =
                new TextDecoder.Context(seen, inputs.prompt().imagePosition(), reading, Cut.PerLayer.NONE);
        try (TensorOwner.Use use = use(seen);
                Scope scope = Scope.open();
                KeyValueCache cache = new KeyValueCache(config().text(), prompt.length, compute)) {
            decoder.forward(
                    prompt,
                    context,
                    cache,
                    (layer, hidden) -> states[layer + 1] = sightline.tensor.Arrays.floats(hidden));
        }
        return states;
    }

    /**
     * The logits behind the last prompt token, as float32.
     *
     * @return (vocabulary)
     */
    public float[] logits(ModelInputs inputs, VisionMemory seen, RowReading reading) {
        int[] prompt = inputs.prompt().ids();
        TextDecoder.Context context =
                new TextDecoder.Context(seen, inputs.prompt().imagePosition(), reading, Cut.PerLayer.NONE);
        try (TensorOwner.Use use = use(seen);
                KeyValueCache cache = new KeyValueCache(config().text(), prompt.length, compute)) {
            return lastLogits(prompt, context, cache);
        }
    }

    /**
     * Frees weights, mapped files and the tokeniser, once what runs on other threads has ended. Closing twice is harmless;
     * use after close is an IllegalStateException.
     */
    @Override
    public void close() {
        owner.close(() -> {
            processor.ifPresent(Processor::close);
            source.close();
        });
    }
}
