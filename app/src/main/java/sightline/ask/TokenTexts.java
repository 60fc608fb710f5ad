package sightline.ask;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import sightline.knockout.Inside;
import sightline.knockout.Lens;
import sightline.knockout.Trace;
import sightline.model.VisionLanguageModel;
import sightline.terminal.TokenChoice;

/** Token ids of a trace as text. */
final class TokenTexts {
    private TokenTexts() {}

    /** The texts of the tokens that lenses show, and of those that are said under cuts or of an occluded picture. */
    static Map<Integer, String> words(VisionLanguageModel model, Trace trace, Optional<Regions> regions) {
        Inside inside = trace.inside();
        Stream<Lens> all =
                Stream.concat(inside.lens().stream(), inside.cut().stream().flatMap(cut -> cut.tokens().stream()));
        Stream<Trace.Candidate> seen = Stream.concat(
                all.flatMap(lens -> lens.stages().stream()).flatMap(stage -> stage.top().stream()),
                trace.curves().stream()
                        .flatMap(curve -> curve.alternatives().stream())
                        .flatMap(List::stream)
                        .flatMap(List::stream));
        int[] answer = trace.request().answer();
        Stream<Integer> said = Stream.concat(
                        Additions.wholeDepth(trace).stream(), regions.stream().flatMap(Regions::cuts))
                .flatMap(curve -> Arrays.stream(curve.said(0, answer)).boxed());
        Stream<Integer> occluded = regions.flatMap(Regions::occluded).stream()
                .flatMap(other -> Arrays.stream(other.said()).boxed());
        return Stream.of(seen.map(Trace.Candidate::token), said, occluded)
                .flatMap(ids -> ids)
                .distinct()
                .collect(Collectors.toMap(id -> id, model.processor()::token, (one, same) -> one, TreeMap::new));
    }

    /** Each answer token with its likeliest rivals. */
    static List<List<TokenChoice>> candidates(VisionLanguageModel model, Trace trace) {
        List<List<TokenChoice>> table = new ArrayList<>();
        for (int i = 0; i < trace.baseline().length; i++) {
            int said = trace.request().answer()[i];
            List<TokenChoice> row = new ArrayList<>();
            row.add(new TokenChoice(model.processor().token(said), trace.baseline()[i]));
            for (Trace.Candidate candidate : trace.candidates().get(i)) {
                if (candidate.token() != said && row.size() < 3) {
                    row.add(new TokenChoice(model.processor().token(candidate.token()), candidate.probability()));
                }
            }
            table.add(row);
        }
        return table;
    }
}
