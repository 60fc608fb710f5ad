package sightline.knockout;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Interventions that leave some of what the last row reads and cut the rest: is what is left sufficient? Of all edges into the
 * last row, those from every earlier row and from every vision token, only those of the kept pathways stay; the row's edge to
 * itself always does.
 *
 * <p>Masking {@code zero} only: under {@code paper} an emptied row would go on reading the mean of what was cut.
 */
public final class KeepOnly {
    private static final String KEEP = "keep(";

    /** The name of what keeps nothing. */
    public static final String NOTHING = name(List.of("nothing"));

    private static final TokenSet LAST = new TokenSet.Last();

    private KeepOnly() {}

    /** What keeps no edge into the last row but its own. */
    public static Intervention nothing() {
        return of(NOTHING, List.of());
    }

    /**
     * What keeps one pathway.
     *
     * @throws IllegalArgumentException if it cannot be kept
     */
    public static Intervention of(Intervention pathway) {
        return of(List.of(pathway));
    }

    /**
     * What keeps several pathways.
     *
     * @param pathways cuts of edges into the last row
     * @throws IllegalArgumentException if one of them is another intervention
     */
    public static Intervention of(List<Intervention> pathways) {
        return pathways.isEmpty()
                ? nothing()
                : of(name(pathways.stream().map(Intervention::name).toList()), pathways);
    }

    /** Whether it can be kept: all that it does is to cut edges from earlier rows, or from the picture, to the last row. */
    public static boolean canKeep(Intervention pathway) {
        return pathway.acts().stream()
                .allMatch(act -> act.targets().equals(LAST)
                        && act.edit() instanceof Edit.Cut cut
                        && !cut.sources().equals(LAST));
    }

    /** As in results: {@code keep(image_to_last)}. */
    public static String name(List<String> pathways) {
        return KEEP + String.join("+", pathways) + ")";
    }

    /** Whether an intervention of this name keeps something, or nothing. */
    public static boolean isName(String name) {
        return name.startsWith(KEEP);
    }

    /** What an intervention of such a {@link #name} keeps; empty if it is another, or keeps {@link #nothing}. */
    public static Optional<String> kept(String name) {
        return isName(name) && !name.equals(NOTHING)
                ? Optional.of(name.substring(KEEP.length(), name.length() - 1))
                : Optional.empty();
    }

    private static Intervention of(String name, List<Intervention> pathways) {
        for (Intervention pathway : pathways) {
            if (!canKeep(pathway)) {
                throw new IllegalArgumentException(
                        pathway + " cannot be kept, expected a pathway into the last row from others");
            }
        }
        List<Act> acts = new ArrayList<>();
        for (Medium medium : Medium.values()) {
            List<TokenSet> kept = kept(pathways, medium);
            if (!kept.contains(all(medium))) {
                acts.add(Act.cut(medium, LAST, rest(medium, kept)));
            }
        }
        if (acts.isEmpty()) { // all is kept, and an intervention has an act
            acts.add(Act.cut(Medium.TEXT, LAST, new TokenSet.Union(List.of())));
        }
        return new Intervention(name, acts, Set.of(Masking.ZERO));
    }

    private static List<TokenSet> kept(List<Intervention> pathways, Medium medium) {
        return pathways.stream()
                .flatMap(pathway -> pathway.acts().stream())
                .filter(act -> act.medium() == medium)
                .map(act -> ((Edit.Cut) act.edit()).sources())
                .collect(Collectors.toList());
    }

    private static TokenSet all(Medium medium) {
        return medium == Medium.TEXT ? new TokenSet.BeforeLast() : new TokenSet.ImageTokens();
    }

    private static TokenSet rest(Medium medium, List<TokenSet> kept) {
        List<TokenSet> stays = new ArrayList<>(kept);
        if (medium == Medium.TEXT) {
            stays.add(LAST);
        }
        return new TokenSet.Complement(new TokenSet.Union(stays));
    }
}
