package sightline.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import sightline.analysis.AdditionSummary;
import sightline.analysis.InsideSummary;
import sightline.analysis.RegionWorth;
import sightline.knockout.RegionCut;
import sightline.statistics.Estimate;

/** What the terminal says of the answers' regions and of lenses. */
final class InsideText {
    private static final String ALL = RegionCut.name(RegionCut.INSIDE, RegionCut.Target.ALL);

    private InsideText() {}

    /** A sentence for each; none where nothing of it was traced. */
    static List<String> lines(AdditionSummary its) {
        List<String> lines = new ArrayList<>();
        its.regions().stream()
                .filter(region -> region.cut().equals(ALL))
                .findFirst()
                .ifPresent(region -> lines.add(region(region)));
        its.inside().lens().ifPresent(lens -> lines.add(lens(lens)));
        return lines;
    }

    private static String region(RegionWorth region) {
        String random = region.random()
                .map(its -> ", random boxes of its size " + percent(its.change()) + ", p = "
                        + String.format(Locale.ROOT, "%.4f", region.pHolm())
                        + (region.significant() ? ", significant" : ", not significant"))
                .orElse("");
        return "The place that shows the answer, cut from all rows in all layers, masking " + region.masking() + ": "
                + percent(region.change()) + " of its probability (n = " + region.n() + ")" + random + ".";
    }

    private static String lens(InsideSummary.Lens lens) {
        if (lens.settled().n() == 0) {
            return "Lens: the answer is the likeliest at the end of no sample.";
        }
        Estimate layer = lens.settles();
        String interval = Double.isNaN(layer.low())
                ? ""
                : String.format(Locale.ROOT, " (95 %%: %.1f to %.1f)", layer.low(), layer.high());
        return String.format(
                Locale.ROOT,
                "Lens: the answer is the likeliest from layer %.1f on%s, on average over %d of %d samples.",
                layer.value(),
                interval,
                lens.settled().n(),
                lens.count().n());
    }

    private static String percent(Estimate change) {
        if (Math.abs(change.value()) < 0.05) {
            return "0 %";
        }
        return String.format(Locale.ROOT, "%+.1f %%", change.value());
    }
}
