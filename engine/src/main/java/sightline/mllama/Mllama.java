package sightline.mllama;

import org.bytedeco.pytorch.Tensor;
import sightline.checkpoint.Checkpoint;
import sightline.checkpoint.WeightSource;
import sightline.image.ImageTiles;
import sightline.model.Decoder;
import sightline.model.EdgeDefinition;
import sightline.model.LoadOptions;
import sightline.model.LoadedModel;
import sightline.model.Progress;
import sightline.model.VisionMemory;
import sightline.tensor.Linear;
import sightline.tensor.Scope;
import sightline.tensor.TensorOwner;

/** A loaded Llama 3.2-Vision: vision tower, projector and a decoder with cross-attention layers. */
public final class Mllama extends LoadedModel {
    private static final MllamaDefinition DEFINITION = new MllamaDefinition();

    private final MllamaConfig config;
    private final VisionTower vision;
    private final Linear projector;
    private final MllamaDecoder decoder;

    private Mllama(Parts parts) {
        super(parts);
        config = (MllamaConfig) parts.source().config();
        vision = new VisionTower(weights(), config.vision());
        projector = weights().linear("multi_modal_projector", true);
        decoder = new MllamaDecoder(weights(), config.text());
    }

    /**
     * The model of a checkpoint.
     *
     * @param checkpoint of this family; closed with the model
     * @throws sightline.error.InputException if the processor's files are missing or do not fit
     */
    public static Mllama load(Checkpoint checkpoint, LoadOptions options) {
        MllamaConfig config = (MllamaConfig) checkpoint.config();
        return load(checkpoint, options, given -> MllamaProcessor.load(checkpoint.dir(), config, given), Mllama::new);
    }

    /**
     * A model of other weights than a checkpoint's, random ones for instance. It has no processor and no stop tokens.
     *
     * @param source closed with the model
     */
    public static Mllama of(WeightSource source, LoadOptions options) {
        return of(source, options, Mllama::new);
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
    public Decoder decoder() {
        requireOpen();
        return decoder;
    }

    /** Runs the vision tower and computes every cross-attention layer's keys and values. */
    @Override
    public VisionMemory see(ImageTiles picture, Progress progress) {
        requireFitting(picture);
        try (TensorOwner.Use use = use();
                Scope scope = Scope.open()) {
            Tensor image = project(vision.apply(picture, progress));
            ImageMemory memory = new ImageMemory(
                    decoder, config.text().llama().layers(), config.vision().tokens(picture.count()), compute());
            try {
                for (int layer : config.text().crossAttentionLayers()) {
                    CrossAttentionLayer block = decoder.crossLayer(layer);
                    memory.remember(
                            layer,
                            block.keys(image),
                            block.values(image),
                            config.text().llama());
                }
            } catch (RuntimeException | Error e) {
                memory.close();
                throw e;
            }
            return memory;
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
}
