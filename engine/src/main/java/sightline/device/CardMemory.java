package sightline.device;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A card's memory, when there is no more of it. */
public final class CardMemory {
    /** What a user can do when it is full. */
    public static final String NEXT_STEP =
            "Take --dtype bfloat16, fewer models at once, another card, or --device cpu; `nvidia-smi` lists who else uses it";

    private static final Pattern WANTED = Pattern.compile("Tried to allocate ([\\d.]+ [KMGT]?i?B)");
    private static final Pattern FREE = Pattern.compile(
            "GPU (\\d+) has a total capacity of ([\\d.]+ [KMGT]?i?B) of which ([\\d.]+ [KMGT]?i?B|\\d+ bytes) is free");

    private CardMemory() {}

    /**
     * What a failure says of a card's memory, as a clause: what was wanted, and what is free of how much. The engine's
     * allocator throws it as a RuntimeException with these words, its context and cuBLAS with less.
     *
     * @return empty if the failure, and what caused it, speak of something else
     */
    public static Optional<String> exhausted(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            String said = String.valueOf(each.getMessage());
            if (said.contains("CUDA out of memory")
                    || said.contains("CUDA error: out of memory")
                    || said.contains("CUBLAS_STATUS_ALLOC_FAILED")) {
                return Optional.of(clause(said));
            }
        }
        return Optional.empty();
    }

    private static String clause(String said) {
        Matcher wanted = WANTED.matcher(said);
        Matcher free = FREE.matcher(said);
        return "the card's memory is full"
                + (wanted.find() ? "; " + wanted.group(1) + " more was needed" : "")
                + (free.find()
                        ? "; of " + free.group(2) + " on card " + free.group(1) + ", " + free.group(3) + " is free"
                        : "");
    }
}
