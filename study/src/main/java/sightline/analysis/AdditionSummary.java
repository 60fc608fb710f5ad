package sightline.analysis;

import java.util.List;

/**
 * What a group's samples above the threshold say beside their curves.
 *
 * @param kept pathways kept alone
 * @param joint joint cuts, by masking
 * @param pictures other pictures
 */
public record AdditionSummary(List<KeptAlone> kept, List<JointSummary> joint, List<PictureWorth> pictures) {
    public AdditionSummary {
        kept = List.copyOf(kept);
        joint = List.copyOf(joint);
        pictures = List.copyOf(pictures);
    }
}
