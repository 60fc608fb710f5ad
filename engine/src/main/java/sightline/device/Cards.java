package sightline.device;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.SizeTPair;
import org.bytedeco.pytorch.global.torch;
import sightline.error.InputException;
import sightline.tensor.ComputeDevice;

/** The graphics cards that the engine sees, once {@link Cuda#require} has passed. Not tried on a card by any test. */
public final class Cards {
    private static final Set<ComputeDevice> TRIED = new HashSet<>();

    private Cards() {}

    /**
     * All of them, in CUDA's order.
     *
     * @throws InputException if none can be used
     */
    public static List<ComputeDevice> all() {
        return numbered(count());
    }

    private static int count() {
        Cuda.require();
        return torch.cuda_device_count();
    }

    private static List<ComputeDevice> numbered(int cards) {
        return IntStream.range(0, cards).mapToObj(ComputeDevice::cuda).toList();
    }

    /**
     * Makes sure that a card can be used. Cheap after the first call.
     *
     * @throws InputException if there is no such card, or it cannot be used
     */
    static synchronized void require(ComputeDevice card) {
        if (!TRIED.contains(card)) {
            require(card, count());
            CudaEngine.tryOut(card, Cuda.driver());
            TRIED.add(card);
        }
    }

    /** @param cards how many there are, at least one */
    static void require(ComputeDevice card, int cards) {
        if (card.number() >= cards) {
            String names = numbered(cards).stream().map(ComputeDevice::toString).collect(Collectors.joining(", "));
            throw new InputException(
                    "--device",
                    card + " was asked for, but there " + (cards == 1 ? "is one card" : "are " + cards + " cards"),
                    cards == 1 ? names : "one of " + names,
                    "Cards are counted from 0; CUDA_VISIBLE_DEVICES may hide some");
        }
    }

    /** All memory of a card, in bytes. */
    public static long memory(ComputeDevice card) {
        try (SizeTPair info = torch.getMemoryInfo((byte) card.number())) {
            return info.second();
        }
    }

    /** What of a card's memory nobody holds, in bytes; what this process keeps for reuse is given back first. */
    public static long freeMemory(ComputeDevice card) {
        card.synchronize();
        torch.emptyCache();
        return untaken(card);
    }

    /** The same without giving back: what nobody holds or keeps for reuse. */
    public static long untaken(ComputeDevice card) {
        try (SizeTPair info = torch.getMemoryInfo((byte) card.number())) {
            return info.first();
        }
    }

    /** What a card is called, with its name as a device; only the latter where the driver does not tell, or cards differ. */
    public static String title(ComputeDevice card) {
        return title(card, Cuda.driver());
    }

    /** The driver's order of cards is not CUDA's, so a name is told only where all have the same. */
    static String title(ComputeDevice card, CudaDriver driver) {
        List<String> models = driver.cards().stream().distinct().toList();
        return models.size() == 1 ? models.get(0) + " (" + card + ")" : card.toString();
    }
}
