package sightline.model;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import org.bytedeco.pytorch.Tensor;
import sightline.checkpoint.Checkpoint;
import sightline.checkpoint.CheckpointFiles;
import sightline.checkpoint.GenerationConfig;
import sightline.checkpoint.WeightSource;
import sightline.device.Devices;
import sightline.image.ImageTiles;
import sightline.tensor.Compute;
import sightline.tensor.Cores;
import sightline.tensor.DType;
import sightline.tensor.Scope;
import sightline.tensor.TensorOwner;

/** What the models of all families have in common: a checkpoint, weights in some format, and who may use them. */
public abstract class LoadedModel implements VisionLanguageModel {
    private final Parts parts;
    private final Compute compute;
    private final long parameters;
    private final boolean keepsStored;
    private final Weights weights;

    /**
     * What a model is made from.
     *
     * @param source of the weights
     * @param checkpoint the same, if it is one
     * @param processor of that checkpoint
     * @param owner of what is made from the weights
     */
    protected record Parts(
            WeightSource source,
            Optional<Checkpoint> checkpoint,
            Optional<Processor> processor,
            LoadOptions options,
            TensorOwner owner) {}

    protected LoadedModel(Parts parts) {
        this.parts = parts;
        parameters = parts.source().config().parameters();
        LoadOptions options = parts.options();
        compute = new Compute(options.device(), options.decide(parameters));
        keepsStored = !options.converts(parameters * compute.matmul().bytes());
        weights = new Weights(parts.source(), compute, keepsStored, parts.owner());
    }

    /**
     * The model of a checkpoint.
     *
     * @param processor reads the processor's files
     * @param constructor makes the model, in a scope of its own
     */
    protected static <M extends LoadedModel> M load(
            Checkpoint checkpoint,
            LoadOptions options,
            Function<ProcessorOptions, Processor> processor,
            Function<Parts, M> constructor) {
        Processor read = processor.apply(options.processor());
        try {
            return build(checkpoint, Optional.of(checkpoint), Optional.of(read), options, constructor);
        } catch (RuntimeException | Error e) {
            read.close();
            throw e;
        }
    }

    /** A model of other weights than a checkpoint's. */
    protected static <M extends LoadedModel> M of(
            WeightSource source, LoadOptions options, Function<Parts, M> constructor) {
        Devices.require(options.device());
        return build(source, Optional.empty(), Optional.empty(), options, constructor);
    }

    private static <M extends LoadedModel> M build(
            WeightSource source,
            Optional<Checkpoint> checkpoint,
            Optional<Processor> processor,
            LoadOptions options,
            Function<Parts, M> constructor) {
        TensorOwner owner = new TensorOwner("the model");
        try (Scope scope = Scope.open()) {
            return constructor.apply(new Parts(source, checkpoint, processor, options, owner));
        } catch (RuntimeException | Error e) {
            owner.close();
            throw e;
        }
    }

    /** The weights, for the layers. */
    protected final Weights weights() {
        return weights;
    }

    @Override
    public final Path folder() {
        return parts.checkpoint().orElseThrow(() -> without("folder")).dir();
    }

    @Override
    public final CheckpointFiles files() {
        return parts.checkpoint().orElseThrow(() -> without("files")).files();
    }

    @Override
    public final GenerationConfig generation() {
        return parts.checkpoint()
                .orElseThrow(() -> without("generation settings"))
                .generation();
    }

    @Override
    public final Processor processor() {
        return parts.processor().orElseThrow(() -> without("processor"));
    }

    private static IllegalStateException without(String what) {
        return new IllegalStateException("this model was not loaded from a checkpoint and has no " + what);
    }

    @Override
    public final TensorOwner.Use use(VisionMemory seen) {
        TensorOwner.Use own = use();
        try {
            if (!(seen instanceof OwnedMemory memory)) {
                throw new IllegalArgumentException("the vision memory was made by another model");
            }
            TensorOwner.Use picture = memory.useBy(decoder());
            return () -> {
                picture.close();
                own.close();
            };
        } catch (RuntimeException e) {
            own.close();
            throw e;
        }
    }

    /** Keeps the model alone from being freed. */
    protected final TensorOwner.Use use() {
        TensorOwner.Use own = parts.owner().use();
        Cores.Held cores = Cores.of(parameters);
        return () -> {
            cores.close();
            own.close();
        };
    }

    /**
     * Checks that the model is not closed.
     *
     * @throws IllegalStateException if it is
     */
    protected final void requireOpen() {
        parts.owner().requireOpen();
    }

    /**
     * Checks that a picture is as this model's processor makes it.
     *
     * @throws IllegalArgumentException if its tiles are of another size or number
     */
    protected final void requireFitting(ImageTiles picture) {
        int side = config().tileSide();
        int most = config().mostTiles();
        if (picture.tile() != side || picture.maxTiles() != most) {
            throw new IllegalArgumentException(picture + ", expected " + most + " tiles of " + side
                    + " pixels, as this model's processor makes them");
        }
    }

    @Override
    public final Compute compute() {
        return compute;
    }

    @Override
    public final DType weightFormat() {
        if (!keepsStored) {
            return compute.matmul();
        }
        Tensor head = parts.source().weight("language_model.lm_head.weight");
        return Arrays.stream(DType.values())
                .filter(format -> format.holds(head))
                .findFirst()
                .orElse(DType.BFLOAT16);
    }

    @Override
    public final void close() {
        parts.owner().close(() -> {
            parts.processor().ifPresent(Processor::close);
            parts.source().close();
        });
    }
}
