package sightline.model;

import java.util.Objects;
import java.util.Optional;
import sightline.device.Devices;
import sightline.tensor.ComputeDevice;
import sightline.tensor.DType;

/**
 * How a checkpoint is loaded.
 *
 * @param dtype the format of hidden states; empty decides by itself: float32 if float32 weights fit into the budget,
 *     otherwise bfloat16
 * @param device where to compute
 * @param weightBudget bytes that converted weights may take. Weights that need no conversion, or would not fit converted,
 *     stay mapped from the checkpoint's files and take no memory of their own
 * @param processor what is given in place of the checkpoint's own files of its processor
 */
public record LoadOptions(Optional<DType> dtype, ComputeDevice device, long weightBudget, ProcessorOptions processor) {
    /** Converted weights may take this part of the memory in which they are computed. */
    private static final int SHARE = 4;

    /** @throws IllegalArgumentException if the budget is negative */
    public LoadOptions {
        Objects.requireNonNull(dtype);
        Objects.requireNonNull(device);
        Objects.requireNonNull(processor);
        if (weightBudget < 0) {
            throw new IllegalArgumentException("weightBudget is " + weightBudget + ", expected 0 or more bytes");
        }
    }

    /** Format decided by size, on the CPU, converted weights in at most a quarter of this machine's memory. */
    public static LoadOptions defaults() {
        return new LoadOptions(Optional.empty(), ComputeDevice.CPU, 0, ProcessorOptions.NONE)
                .withMemory(Devices.memory(ComputeDevice.CPU));
    }

    /** The same with a given format. */
    public LoadOptions withDType(DType given) {
        return new LoadOptions(Optional.of(given), device, weightBudget, processor);
    }

    /** The same with the same memory on a given device. */
    public LoadOptions on(ComputeDevice given) {
        return new LoadOptions(dtype, given, weightBudget, processor);
    }

    /** The same with a given budget for converted weights, in bytes. */
    public LoadOptions withWeightBudget(long bytes) {
        return new LoadOptions(dtype, device, bytes, processor);
    }

    /** The same where the device has so many bytes of memory: converted weights in at most a quarter of them. */
    public LoadOptions withMemory(long bytes) {
        return withWeightBudget(bytes / SHARE);
    }

    /** The same with other options of the processor. */
    public LoadOptions with(ProcessorOptions given) {
        return new LoadOptions(dtype, device, weightBudget, given);
    }

    /**
     * Whether weights that take so many bytes are converted once. On the CPU those that are not stay mapped from the
     * checkpoint's files; on a card all lie in its memory, so there they may take three quarters of it.
     */
    public boolean converts(long bytes) {
        return (device.isCpu() ? bytes : bytes / (SHARE - 1)) <= weightBudget;
    }

    /** The format for a model of so many parameters. */
    public DType decide(long parameters) {
        return dtype.orElse(parameters * DType.FLOAT32.bytes() <= weightBudget ? DType.FLOAT32 : DType.BFLOAT16);
    }
}
