package sightline.draw;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Names in a circle, in an order that has nothing to do with them: that of their hashes. */
public final class HashCircle {
    private final List<String> names;

    private HashCircle(List<String> names) {
        this.names = names;
    }

    /**
     * Names by the SHA-256 in hex of {@code sightline|PURPOSE|2026|NAME}.
     *
     * @param names each counts once
     */
    public static HashCircle of(String purpose, Collection<String> names) {
        return new HashCircle(names.stream()
                .distinct()
                .collect(Collectors.toMap(name -> hash("sightline|" + purpose + "|2026|" + name), name -> name))
                .entrySet()
                .stream()
                .sorted(Map.Entry.comparingByKey())
                .map(Map.Entry::getValue)
                .toList());
    }

    /** The names in their order. */
    public List<String> names() {
        return names;
    }

    /** The next name of another cluster than this one's; empty if all are of one. */
    public Optional<String> partner(String name, UnaryOperator<String> cluster) {
        int at = names.indexOf(name);
        if (at < 0) {
            throw new IllegalArgumentException(name + " is not in the circle");
        }
        String own = cluster.apply(name);
        for (int step = 1; step < names.size(); step++) {
            String other = names.get((at + step) % names.size());
            if (!cluster.apply(other).equals(own)) {
                return Optional.of(other);
            }
        }
        return Optional.empty();
    }

    private static String hash(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
