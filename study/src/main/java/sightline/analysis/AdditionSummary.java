package sightline.analysis;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a group's samples above the threshold say beside their curves.
 *
 * @param kept pathways kept alone
 * @param joint joint cuts, by masking
 * @param keptWindows pathways kept alone around each layer
 * @param triangles pathways cut in every range of layers; none for single categories
 * @param pictures other pictures
 * @param heads what silenced heads take; empty if none was, and for single categories
 * @param headSets what chosen sets of heads take together
 * @param headCurves what shares of the heads carry together; empty without a second round, and for single categories
 * @param regions cuts of the answers' regions
 * @param inside what was read inside the decoder; nothing for single categories
 */
public record AdditionSummary(
        List<KeptAlone> kept,
        List<JointSummary> joint,
        List<KeptWindows> keptWindows,
        List<Triangle> triangles,
        List<PictureWorth> pictures,
        Optional<HeadRanking> heads,
        List<SilencedSet> headSets,
        Optional<HeadCurves> headCurves,
        List<RegionWorth> regions,
        InsideSummary inside) {
    public AdditionSummary {
        kept = List.copyOf(kept);
        joint = List.copyOf(joint);
        keptWindows = List.copyOf(keptWindows);
        triangles = List.copyOf(triangles);
        pictures = List.copyOf(pictures);
        Objects.requireNonNull(heads);
        headSets = List.copyOf(headSets);
        Objects.requireNonNull(headCurves);
        regions = List.copyOf(regions);
        Objects.requireNonNull(inside);
    }
}
