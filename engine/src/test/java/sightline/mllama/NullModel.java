package sightline.mllama;

import java.util.HashMap;
import java.util.Map;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.DeviceOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.ScalarType;
import sightline.checkpoint.ModelConfig;
import sightline.checkpoint.WeightSource;
import sightline.checkpoint.WeightSpec;
import sightline.knockout.PictureTokens;
import sightline.llama.LlamaConfig;
import sightline.model.LoadOptions;
import sightline.model.VisionLanguageModel;
import sightline.model.VisionMemory;
import sightline.tensor.ComputeDevice;
import sightline.tensor.DType;
import sightline.tensor.Scope;
import sightline.tensor.TensorOwner;

/** A model without numbers, on the engine's null device: every operation works out shapes alone. What is left is the host's time. */
public final class NullModel {
    private NullModel() {}

    /** A model of these sizes, in bfloat16. */
    public static VisionLanguageModel of(MllamaConfig config) {
        return Mllama.of(
                new Shapes(config),
                LoadOptions.defaults().on(ComputeDevice.NULL).withDType(DType.BFLOAT16));
    }

    /** A picture of as many tokens as there may be. */
    public static VisionMemory picture(VisionLanguageModel model) {
        Mllama mllama = (Mllama) model;
        TextConfig text = mllama.config().text();
        LlamaConfig llama = text.llama();
        PictureTokens tokens =
                mllama.config().vision().tokens(mllama.config().vision().maxTiles());
        try (Scope scope = Scope.open()) {
            ImageMemory memory =
                    new ImageMemory((MllamaDecoder) mllama.decoder(), llama.layers(), tokens, mllama.compute());
            for (int layer : text.crossAttentionLayers()) {
                long[] shape = {llama.keyValueHeads(), tokens.all(), llama.headSize()};
                Tensor keys = mllama.compute().empty(DType.BFLOAT16, shape);
                memory.remember(layer, keys, mllama.compute().empty(DType.BFLOAT16, shape), llama);
            }
            return memory;
        }
    }

    /** Weights that are shapes; gates alone are numbers. */
    private static final class Shapes implements WeightSource {
        private final ModelConfig config;
        private final Map<String, Tensor> weights = new HashMap<>();
        private final TensorOwner owner = new TensorOwner("the shapes");

        Shapes(ModelConfig config) {
            this.config = config;
            try (Scope scope = Scope.open()) {
                for (WeightSpec spec : config.weights()) {
                    weights.put(spec.name(), owner.own(spec.elements() == 1 ? torch.ones(1) : shape(spec)));
                }
            }
        }

        private static Tensor shape(WeightSpec spec) {
            long[] shape = spec.shape().stream().mapToLong(Long::longValue).toArray();
            return torch.empty(
                    shape,
                    new TensorOptions(ScalarType.BFloat16).device(new DeviceOptional(new Device(DeviceType.Meta))),
                    null);
        }

        @Override
        public ModelConfig config() {
            return config;
        }

        @Override
        public Tensor weight(String publishedName) {
            return weights.get(publishedName);
        }

        @Override
        public void close() {
            owner.close();
        }
    }
}
