package sightline.ask;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import sightline.error.InputException;
import sightline.knockout.Act;
import sightline.knockout.Intervention;
import sightline.knockout.Interventions;
import sightline.knockout.Medium;
import sightline.knockout.TokenSet;
import sightline.option.Options;

/**
 * A pathway of one's own: chosen tokens to chosen tokens.
 *
 * @param text as it was given, {@code SOURCE:TARGET}
 * @param source of numbers and ranges of text tokens, or the name of a token set; {@code image} for the picture, alone or
 *     with one of them behind a comma
 * @param target likewise
 */
public record OwnCut(String text, String source, String target) {
    private static final String OPTION = "--cut";
    private static final String EXAMPLE = "60-65:last";
    private static final String IMAGE = "image";

    /**
     * Reads one.
     *
     * @throws InputException if it is no source and target
     */
    static OwnCut of(String text) {
        String[] ends = text.split(":", -1);
        if (ends.length != 2) {
            throw wrong(text);
        }
        OwnCut cut = new OwnCut(text, ends[0].strip(), ends[1].strip());
        if (IMAGE.equals(cut.target)) {
            throw new InputException(
                    OPTION,
                    "is " + text + ", but no token reaches the picture",
                    "text tokens as the target",
                    "Try " + cut.source + ":last");
        }
        cut.words().ifPresent(cut::rows);
        cut.rows(cut.target);
        return cut;
    }

    private static InputException wrong(String text) {
        return Options.wrong(
                OPTION,
                text,
                "SOURCE:TARGET, each of them numbers and ranges of tokens such as 5,60-65, or one of "
                        + String.join(", ", Interventions.textSets())
                        + " (image alone, or before them as in image,60-65, "
                        + String.join(" and ", Interventions.textSources()) + " can be sources)",
                EXAMPLE);
    }

    /**
     * All of them as interventions.
     *
     * @param context text tokens in context when the last answer token is read out
     * @throws InputException if a number is beyond the context, or one is given twice
     */
    static List<Intervention> all(List<OwnCut> cuts, int context, Interventions family) {
        List<Intervention> all = new ArrayList<>();
        for (OwnCut cut : cuts) {
            Intervention own = cut.in(context, family);
            if (all.stream().anyMatch(other -> other.name().equals(own.name()))) {
                throw new InputException(OPTION, "is " + cut.text + " twice", "each once", "Leave one out");
            }
            all.add(own);
        }
        return all;
    }

    private Intervention in(int context, Interventions family) {
        TokenSet to = within(target, context, family);
        List<Act> acts = new ArrayList<>();
        if (hasPicture()) {
            acts.add(Act.cut(family.imageMedium(), to, new TokenSet.ImageTokens()));
        }
        words().ifPresent(from -> acts.add(Act.cut(Medium.TEXT, to, within(from, context, family))));
        return new Intervention(source + "_to_" + target, acts);
    }

    private boolean hasPicture() {
        return source.equals(IMAGE) || source.startsWith(IMAGE + ",");
    }

    /** The source beside the picture. */
    private Optional<String> words() {
        if (source.equals(IMAGE)) {
            return Optional.empty();
        }
        return Optional.of(hasPicture() ? source.substring(IMAGE.length() + 1).strip() : source);
    }

    private TokenSet within(String end, int context, Interventions family) {
        TokenSet set = rows(end).<TokenSet>map(TokenSet.Rows::new).orElseGet(() -> family.textSet(end));
        if (set instanceof TokenSet.Rows rows && rows.rows().length() > context) {
            throw new InputException(
                    OPTION,
                    "is " + text + ", but the prompt and the answer before its last token have " + context + " tokens",
                    "numbers from 0 to " + (context - 1),
                    "Count from 0; `ask --json` lists them in prompt_tokens");
        }
        return set;
    }

    /** The rows that numbers name; empty if it is a name. */
    private Optional<BitSet> rows(String end) {
        if (Interventions.textSets().contains(end)
                || (words().filter(end::equals).isPresent()
                        && Interventions.textSources().contains(end))) {
            return Optional.empty();
        }
        BitSet rows = new BitSet();
        for (String part : Arrays.asList(end.split(",", -1))) {
            String[] bounds = part.strip().split("-", -1);
            if (bounds.length > 2 || !Arrays.stream(bounds).allMatch(bound -> bound.matches("[0-9]{1,7}"))) {
                throw wrong(text);
            }
            int first = Integer.parseInt(bounds[0]);
            int last = Integer.parseInt(bounds[bounds.length - 1]);
            if (last < first) {
                throw wrong(text);
            }
            rows.set(first, last + 1);
        }
        return Optional.of(rows);
    }
}
