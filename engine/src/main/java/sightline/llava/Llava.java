package sightline.llava;

import org.bytedeco.pytorch.Tensor;
import sightline.checkpoint.Checkpoint;
import sightline.checkpoint.WeightSource;
import sightline.image.ImageTiles;
import sightline.model.Decoder;
import sightline.model.EdgeDefinition;
import sightline.model.LayerListener;
import sightline.model.LoadOptions;
import sightline.model.LoadedModel;
import sightline.model.Progress;
import sightline.model.VisionMemory;
import sightline.tensor.Linear;
import sightline.tensor.Scope;
import sightline.tensor.TensorOwner;

/** A loaded LLaVA-1.5: CLIP tower, projector and a Llama decoder. */
public final class Llava extends LoadedModel {
    private static final LlavaDefinition DEFINITION = new LlavaDefinition();

    private final LlavaConfig config;
    private final ClipTower tower;
    private final Linear expand;
    private final Linear contract;
    private final LlavaDecoder decoder;

    private Llava(Parts parts) {
        super(parts);
        config = (LlavaConfig) parts.source().config();
        tower = new ClipTower(weights(), config.vision(), config.towerLayers());
        expand = weights().linear(LlavaWeights.PROJECTOR + "linear_1", config.projectorBias());
        contract = weights().linear(LlavaWeights.PROJECTOR + "linear_2", config.projectorBias());
        decoder = new LlavaDecoder(weights(), config.text(), config.imageToken());
    }

    /**
     * Loads a checkpoint. Weights are mapped, not copied, where they need no conversion.
     *
     * @param checkpoint of this family; closed with the model
     * @throws sightline.error.InputException if the processor's files are missing or do not fit
     */
    public static Llava load(Checkpoint checkpoint, LoadOptions options) {
        LlavaConfig config = (LlavaConfig) checkpoint.config();
        return load(checkpoint, options, given -> LlavaProcessor.load(checkpoint.dir(), config, given), Llava::new);
    }

    /**
     * A model of other weights than a checkpoint's, random ones for instance. It has no processor and no stop tokens.
     *
     * @param source closed with the model
     */
    public static Llava of(WeightSource source, LoadOptions options) {
        return of(source, options, Llava::new);
    }

    @Override
    public LlavaConfig config() {
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

    /** Runs vision tower and projector. */
    @Override
    public VisionMemory see(ImageTiles picture, Progress progress) {
        requireFitting(picture);
        try (TensorOwner.Use use = use();
                Scope scope = Scope.open()) {
            Tensor rows = project(vision(picture, (layer, x) -> {
                if (layer >= 0) {
                    progress.done(layer + 1, config.towerLayers());
                }
            }));
            return new LlavaMemory(decoder, config.pictureTokens(), compute().place(rows));
        }
    }

    /** The chosen state of the tower (tokens, hidden), owned by the current scope. */
    Tensor vision(ImageTiles picture, LayerListener listener) {
        Tensor all = tower.apply(picture, listener);
        return config.keepsClassToken() ? all : all.narrow(0, 1, all.size(0) - 1);
    }

    /** The tower's state (tokens, its hidden size) -> rows of the decoder (tokens, hidden). */
    Tensor project(Tensor state) {
        return contract.apply(config.projectorActivation().apply(expand.apply(state)));
    }
}
