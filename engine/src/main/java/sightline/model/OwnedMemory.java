package sightline.model;

import java.nio.IntBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;
import sightline.knockout.PictureTokens;
import sightline.tensor.TensorOwner;

/** A picture's memory with its tensors, and whose they are. */
public abstract class OwnedMemory implements VisionMemory {
    private final Decoder reader;
    private final PictureTokens tokens;
    private final Map<IntBuffer, KnownRows> firstRows = new HashMap<>();
    private final TensorOwner owner = new TensorOwner("the vision memory");

    /** @param reader whose weights made this memory: no other model can read it */
    protected OwnedMemory(Decoder reader, PictureTokens tokens) {
        this.reader = reader;
        this.tokens = tokens;
    }

    /** What holds the tensors. */
    protected final TensorOwner owner() {
        return owner;
    }

    @Override
    public final PictureTokens tokens() {
        return tokens;
    }

    /** Threads that ask for the same rows meanwhile wait for them: they would need as long to make them. */
    @Override
    public final synchronized KnownRows firstRows(int[] tokens, Function<UnaryOperator<Tensor>, KnownRows> pass) {
        owner.requireOpen();
        return firstRows.computeIfAbsent(IntBuffer.wrap(tokens.clone()), unknown -> pass.apply(owner::own));
    }

    @Override
    public final long bytes() {
        return owner.bytes();
    }

    /**
     * Keeps the native memory from being freed until the result is closed.
     *
     * @throws IllegalStateException after {@link #close()}
     * @throws IllegalArgumentException if another model made it
     */
    final TensorOwner.Use useBy(Decoder decoder) {
        if (decoder != reader) {
            throw new IllegalArgumentException("the vision memory was made by another model");
        }
        return owner.use();
    }

    @Override
    public final void close() {
        owner.close();
    }
}
