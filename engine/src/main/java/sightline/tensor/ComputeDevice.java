package sightline.tensor;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.DeviceType;

/**
 * Where tensors live and are computed: the processor or one graphics card. A card is always told by its number, so that
 * nothing depends on which card is a thread's current one.
 *
 * @param kind which kind of device
 * @param number of the card, from 0, as CUDA counts them; 0 for the processor
 */
public record ComputeDevice(Kind kind, int number) {
    /** The processor, all cores of it. */
    public static final ComputeDevice CPU = new ComputeDevice(Kind.CPU, 0);

    /** The engine's null device, where every operation works out shapes alone: what it takes is the host's time. For tests. */
    public static final ComputeDevice NULL = new ComputeDevice(Kind.NULL, 0);

    private static final Pattern CARD = Pattern.compile("cuda(?::(0|[1-9]\\d{0,8}))?");

    /** The kinds of devices. What is computed depends on the kind, not on which card of several it is. */
    public enum Kind {
        CPU,
        CUDA,
        NULL;

        /** The name used on the command line and in manifests. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @throws IllegalArgumentException if the number is negative, or that of a second processor */
    public ComputeDevice {
        Objects.requireNonNull(kind);
        if (number < 0 || (kind == Kind.CPU && number > 0)) {
            throw new IllegalArgumentException(kind + " has no number " + number);
        }
    }

    /** A card by its number. */
    public static ComputeDevice cuda(int number) {
        return new ComputeDevice(Kind.CUDA, number);
    }

    /** The device of a name: {@code cpu}, {@code cuda} for the first card, or {@code cuda:1}; empty if it is no name. */
    public static Optional<ComputeDevice> named(String name) {
        if (name.equals(CPU.toString())) {
            return Optional.of(CPU);
        }
        Matcher card = CARD.matcher(name);
        return card.matches()
                ? Optional.of(cuda(card.group(1) == null ? 0 : Integer.parseInt(card.group(1))))
                : Optional.empty();
    }

    /** Whether it is the processor, whose memory is Java's too. */
    public boolean isCpu() {
        return kind == Kind.CPU;
    }

    /** Whether it is a graphics card. */
    public boolean isCard() {
        return kind == Kind.CUDA;
    }

    /** Waits until all that was begun there is done: a card computes behind the caller's back, the processor does not. */
    public void synchronize() {
        if (isCard()) {
            torch.cuda_synchronize(number);
        }
    }

    Device device() {
        return switch (kind) {
            case CPU -> new Device(DeviceType.CPU);
            case CUDA -> new Device(DeviceType.CUDA, (byte) number);
            case NULL -> new Device(DeviceType.Meta);
        };
    }

    /** Its name: {@code cpu}, {@code cuda} for the first card, {@code cuda:1} for the second. */
    @Override
    public String toString() {
        return number == 0 ? kind.toString() : kind + ":" + number;
    }
}
