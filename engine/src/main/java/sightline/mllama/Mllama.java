package sightline.mllama;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import sightline.checkpoint.Checkpoint;
import sightline.checkpoint.CheckpointFiles;
import sightline.checkpoint.GenerationConfig;
import sightline.checkpoint.WeightSource;
import sightline.device.Devices;
import sightline.image.ImageTiles;
import sightline.model.Decoder;
import sightline.model.EdgeDefinition;
import sightline.model.LoadOptions;
import sightline.model.Processor;
import sightline.model.Progress;
import sightline.model.VisionLanguageModel;
import sightline.model.VisionMemory;
import sightline.model.Weights;
import sightline.tensor.Compute;
import sightline.tensor.Cores;
import sightline.tensor.DType;
import sightline.tensor.Linear;
import sightline.tensor.Scope;
import sightline.tensor.TensorOwner;

/** A loaded Llama 3.2-Vision: vision tower, projector and a decoder with cross-attention layers. */
public final class Mllama implements VisionLanguageModel {
    private static final MllamaDefinition DEFINITION = new MllamaDefinition();

    private final WeightSource source;
    private final MllamaConfig config;
    private final Optional<Checkpoint> checkpoint;
    private final Optional<Processor> processor;
    private final Compute compute;
    private final boolean keepsStored;
    private final long parameters;
    private final TensorOwner owner;
    private final VisionTower vision;
    private final Linear projector;
    private final MllamaDecoder decoder;

    private Mllama(
            WeightSource source,
            Optional<Checkpoint> checkpoint,
            Optional<Processor> processor,
            LoadOptions options,
            TensorOwner owner) {
        this.source = source;
        this.config = (MllamaConfig) source.config();
        this.checkpoint = checkpoint;
        this.processor = processor;
        this.owner = owner;
        parameters = config.parameters();
        compute = new Compute(options.device(), options.decide(parameters));
        keepsStored = !options.converts(parameters * compute.matmul().bytes());
        Weights weights = new Weights(source, compute, keepsStored, owner);
        vision = new VisionTower(weights, config.vision());
        projector = weights.linear("multi_modal_projector", true);
        decoder = new MllamaDecoder(weights, config.text());
    }

    /**
     * The model of a checkpoint.
     *
     * @param checkpoint of this family; closed with the model
     * @throws sightline.error.InputException if the processor's files are missing or do not fit
     */
    public static Mllama load(Checkpoint checkpoint, LoadOptions options) {
        MllamaConfig config = (MllamaConfig) checkpoint.config();
        Processor processor = MllamaProcessor.load(checkpoint.dir(), config, options.processor());
        try {
            return build(checkpoint, Optional.of(checkpoint), Optional.of(processor), options);
        } catch (RuntimeException | Error e) {
            processor.close();
            throw e;
        }
    }

    /**
     * A model of other weights than a checkpoint's, random ones for instance. It has no processor and no stop tokens.
     *
     * @param source closed with the model
     */
    public static Mllama of(WeightSource source, LoadOptions options) {
        Devices.require(options.device());
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

    @Override
    public MllamaConfig config() {
        return config;
    }

    @Override
    public EdgeDefinition definition() {
        return DEFINITION;
    }

    @Override
    public Path folder() {
        return checkpoint.orElseThrow(() -> without("folder")).dir();
    }

    @Override
    public CheckpointFiles files() {
        return checkpoint.orElseThrow(() -> without("files")).files();
    }

    @Override
    public GenerationConfig generation() {
        return checkpoint.orElseThrow(() -> without("generation settings")).generation();
    }

    @Override
    public Processor processor() {
        return processor.orElseThrow(() -> without("processor"));
    }

    private static IllegalStateException without(String what) {
        return new IllegalStateException("this model was not loaded from a checkpoint and has no " + what);
    }

    @Override
    public TensorOwner.Use use(VisionMemory seen) {
        TensorOwner.Use weights = use();
        try {
            TensorOwner.Use memory = own(seen).useBy(decoder);
            return () -> {
                memory.close();
                weights.close();
            };
        } catch (RuntimeException e) {
            weights.close();
            throw e;
        }
    }

    private static ImageMemory own(VisionMemory seen) {
        if (seen instanceof ImageMemory memory) {
            return memory;
        }
        throw new IllegalArgumentException("the vision memory was made by another model");
    }

    private TensorOwner.Use use() {
        TensorOwner.Use weights = owner.use();
        Cores.Held cores = Cores.of(parameters);
        return () -> {
            cores.close();
            weights.close();
        };
    }

    @Override
    public Decoder decoder() {
        owner.requireOpen();
        return decoder;
    }

    @Override
    public Compute compute() {
        return compute;
    }

    @Override
    public DType weightFormat() {
        if (!keepsStored) {
            return compute.matmul();
        }
        Tensor head = source.weight("language_model.lm_head.weight");
        return Arrays.stream(DType.values())
                .filter(format -> format.holds(head))
                .findFirst()
                .orElse(DType.BFLOAT16);
    }

    /** Runs the vision tower and computes every cross-attention layer's keys and values. */
    @Override
    public VisionMemory see(ImageTiles picture, Progress progress) {
        requireFitting(picture);
        try (TensorOwner.Use use = use();
                Scope scope = Scope.open()) {
            Tensor image = project(vision.apply(picture, progress));
            ImageMemory memory = new ImageMemory(
                    decoder, config.text().llama().layers(), config.vision().tokens(picture.count()), compute);
            try {
                for (int layer : config.text().crossAttentionLayers()) {
                    CrossAttentionLayer block = decoder.crossLayer(layer);
                    memory.remember(layer, block.keys(image), block.values(image), config.text().llama());
                }
            } catch (RuntimeException | Error e) {
                memory.close();
                throw e;
            }
            return memory;
        }
    }

    private void requireFitting(ImageTiles picture) {
        int side = config.vision().imageSize();
        int most = config.vision().maxTiles();
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

    @Override
    public void close() {
        owner.close(() -> {
            processor.ifPresent(Processor::close);
            source.close();
        });
    }
}
