package sightline.figure;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import sightline.analysis.AdditionSummary;
import sightline.analysis.DatasetSummary;
import sightline.analysis.Group;
import sightline.analysis.JointSummary;
import sightline.analysis.KeptAlone;
import sightline.analysis.PictureWorth;
import sightline.analysis.SilencedSet;
import sightline.statistics.Estimate;

/** What was traced beside the curves, as the page's script reads it: an estimate is [value, low, high], null where unknown. */
final class AddedData {
    private AddedData() {}

    /** added[group] = {kept, joint, head_sets, kept_windows, regions, pictures}, each left out where nothing of it was traced. */
    static void of(ObjectNode json, DatasetSummary summary) {
        ArrayNode groups = json.putArray("added");
        for (Group group : summary.groups()) {
            AdditionSummary its = summary.additions(group);
            ObjectNode node = groups.addObject();
            its.kept().forEach(kept -> kept(node.withArray("kept").addObject(), kept));
            its.joint().forEach(joint -> joint(node.withArray("joint").addObject(), joint));
            its.headSets().forEach(set -> headSet(node.withArray("head_sets").addObject(), set));
            KeptTable.put(node, its.keptWindows());
            RegionTable.put(node, its.regions());
            its.pictures().forEach(picture -> picture(node.withArray("pictures").addObject(), picture));
        }
    }

    private static void kept(ObjectNode json, KeptAlone kept) {
        json.put("pathway", kept.pathway()).put("n", kept.n());
        estimate(json.putArray("sufficiency"), kept.sufficiency());
    }

    private static void headSet(ObjectNode json, SilencedSet set) {
        json.put("name", set.name()).put("n", set.n());
        estimate(json.putArray("loss"), set.loss());
    }

    private static void joint(ObjectNode json, JointSummary joint) {
        json.put("masking", joint.masking()).put("n", joint.n());
        ArrayNode pathways = json.putArray("pathways");
        joint.pathways().forEach(pathways::add);
        estimates(json.putArray("change"), joint.change());
        estimates(json.putArray("interactions"), joint.interactions());
        estimates(json.putArray("shares"), joint.shares());
    }

    private static void picture(ObjectNode json, PictureWorth picture) {
        json.put("control", picture.control().toString()).put("n", picture.n());
        estimate(json.putArray("own"), picture.own());
        estimate(json.putArray("other"), picture.other());
        estimate(json.putArray("worth"), picture.worth());
        json.put("clusters", picture.clusters())
                .put("p_holm", picture.pHolm())
                .put("significant", picture.significant());
        ArrayNode shares = json.putArray("shares");
        for (PictureWorth.Share one : picture.shares()) {
            ObjectNode share = shares.addObject().put("pathway", one.key().pathway());
            share.put("k", one.key().k()).put("masking", one.key().masking()).put("layer", one.layer());
            estimate(share.putArray("share"), one.share());
        }
    }

    private static void estimates(ArrayNode json, List<Estimate> estimates) {
        estimates.forEach(one -> estimate(json.addArray(), one));
    }

    /** [value, low, high]. */
    static void estimate(ArrayNode json, Estimate one) {
        JsonNumbers.numbers(json, new double[] {one.value(), one.low(), one.high()}, JsonNumbers.THOUSAND);
    }
}
