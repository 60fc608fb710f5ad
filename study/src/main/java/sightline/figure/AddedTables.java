package sightline.figure;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import sightline.analysis.AdditionSummary;
import sightline.analysis.ControlCurve;
import sightline.analysis.CurveKey;
import sightline.analysis.DatasetSummary;
import sightline.analysis.Group;
import sightline.analysis.JointSummary;
import sightline.analysis.KeptAlone;
import sightline.analysis.MeanCurve;
import sightline.analysis.PictureWorth;
import sightline.analysis.SilencedSet;
import sightline.analysis.StudySummary;
import sightline.knockout.JointCut;
import sightline.statistics.Estimate;

/** Numbers of what was traced beside the curves as CSV, one number a row. */
final class AddedTables {
    private static final String WHOLE_DEPTH =
            "dataset,run,category,masking,quantity,pathways,measure,threshold,n,images,value,error,low,high\r\n";
    private static final String CONTROLS = "dataset,run,category,control,pathway,k,masking,layer,quantity,threshold,n,"
            + "images,value,error,low,high,p,p_holm,significant\r\n";

    private final StudySummary report;
    private final StringBuilder csv;
    private final int head;

    private AddedTables(StudySummary report, String head) {
        this.report = report;
        this.csv = new StringBuilder(head);
        this.head = head.length();
    }

    /** What pathways are worth alone and together; empty if neither was traced. */
    static Optional<String> wholeDepth(StudySummary report) {
        AddedTables table = new AddedTables(report, WHOLE_DEPTH);
        for (DatasetSummary summary : report.summaries()) {
            for (Group group : summary.groups()) {
                AdditionSummary its = summary.additions(group);
                its.kept().forEach(kept -> table.kept(summary, group, kept));
                its.joint().forEach(joint -> table.joint(summary, group, joint));
                its.headSets().forEach(set -> table.headSet(summary, group, set));
            }
        }
        return table.text();
    }

    /** What the numbers are held against; empty if no control was traced. */
    static Optional<String> controls(StudySummary report) {
        AddedTables table = new AddedTables(report, CONTROLS);
        for (DatasetSummary summary : report.summaries()) {
            for (Group group : summary.groups()) {
                summary.additions(group).pictures().forEach(picture -> table.picture(summary, group, picture));
                for (CurveKey key : summary.keys()) {
                    MeanCurve curve = summary.curve(group, key, report.metric(), report.clipping());
                    curve.control().ifPresent(control -> table.random(summary, group, key, curve, control));
                }
            }
        }
        return table.text();
    }

    private Optional<String> text() {
        return csv.length() == head ? Optional.empty() : Optional.of(csv.toString());
    }

    private void kept(DatasetSummary summary, Group group, KeptAlone kept) {
        whole(
                summary,
                group,
                "zero",
                new Quantity("sufficiency", kept.pathway(), "log_p"),
                kept.n(),
                kept.clusters(),
                kept.sufficiency());
    }

    private void headSet(DatasetSummary summary, Group group, SilencedSet set) {
        whole(
                summary,
                group,
                "zero",
                new Quantity("heads", set.name(), "log_odds"),
                set.n(),
                set.clusters(),
                set.loss());
    }

    /** What a number is of. */
    private record Quantity(String name, String pathways, String measure) {}

    private void joint(DatasetSummary summary, Group group, JointSummary joint) {
        List<String> subsets =
                JointCut.byBits(joint.pathways()).stream().map(JointCut::name).toList();
        List<String> pairs = joint.pairs().stream()
                .map(pair -> JointCut.name(List.of(
                        joint.pathways().get(pair.one()), joint.pathways().get(pair.other()))))
                .toList();
        joint(summary, group, joint, "cut", subsets, joint.cut());
        joint(summary, group, joint, "change", subsets, joint.change());
        joint(summary, group, joint, "interaction", pairs, joint.interactions());
        joint(summary, group, joint, "share", joint.pathways(), joint.shares());
    }

    private void joint(
            DatasetSummary summary,
            Group group,
            JointSummary joint,
            String quantity,
            List<String> names,
            List<Estimate> values) {
        IntStream.range(0, names.size())
                .forEach(i -> whole(
                        summary,
                        group,
                        joint.masking(),
                        new Quantity(quantity, names.get(i), "log_odds"),
                        joint.n(),
                        joint.clusters(),
                        values.get(i)));
    }

    private void whole(
            DatasetSummary summary,
            Group group,
            String masking,
            Quantity quantity,
            int n,
            int clusters,
            Estimate estimate) {
        Tables.row(
                csv,
                summary.data().name(),
                Tables.run(summary.data()),
                group.category().orElse(""),
                masking,
                quantity.name(),
                quantity.pathways(),
                quantity.measure(),
                report.threshold(),
                n,
                clusters,
                Tables.known(estimate.value()),
                Tables.known(estimate.error()),
                Tables.known(estimate.low()),
                Tables.known(estimate.high()));
    }

    /** Where a number is from: nothing but the control's name if it is of no cut. */
    private record Place(String control, Object pathway, Object k, Object masking, Object layer) {
        static Place of(String control) {
            return new Place(control, "", "", "", "");
        }

        static Place of(String control, CurveKey key, int layer) {
            return new Place(control, key.pathway(), key.k(), key.masking(), layer);
        }
    }

    /** What a test says of a number; empty cells if it is not tested. */
    private record Test(Object p, Object pHolm, Object significant) {
        static final Test NONE = new Test("", "", "");
    }

    private void picture(DatasetSummary summary, Group group, PictureWorth picture) {
        String name = picture.control().toString();
        Place place = Place.of(name);
        control(summary, group, place, "own", picture.n(), picture.clusters(), picture.own(), Test.NONE);
        control(summary, group, place, "other", picture.n(), picture.clusters(), picture.other(), Test.NONE);
        Test test = new Test(picture.p(), picture.pHolm(), picture.significant());
        control(summary, group, place, "worth", picture.n(), picture.clusters(), picture.worth(), test);
        for (PictureWorth.Share one : picture.shares()) {
            Place at = Place.of(name, one.key(), one.layer());
            control(summary, group, at, "share_of_worth", one.n(), one.clusters(), one.share(), Test.NONE);
        }
    }

    private void random(DatasetSummary summary, Group group, CurveKey key, MeanCurve own, ControlCurve curve) {
        for (int layer = 0; layer < curve.p().length; layer++) {
            Place place = Place.of("random_sources", key, layer);
            Estimate random = curve.random().at(layer);
            control(summary, group, place, "centred", curve.n(), curve.clusters(), random, Test.NONE);
            Estimate difference = curve.difference().at(layer);
            Test test = new Test(curve.p()[layer], own.pHolm(), own.significant()[layer]);
            control(summary, group, place, "difference", curve.n(), curve.clusters(), difference, test);
        }
    }

    private void control(
            DatasetSummary summary,
            Group group,
            Place place,
            String quantity,
            int n,
            int clusters,
            Estimate estimate,
            Test test) {
        Tables.row(
                csv,
                summary.data().name(),
                Tables.run(summary.data()),
                group.category().orElse(""),
                place.control(),
                place.pathway(),
                place.k(),
                place.masking(),
                place.layer(),
                quantity,
                report.threshold(),
                n,
                clusters,
                Tables.known(estimate.value()),
                Tables.known(estimate.error()),
                Tables.known(estimate.low()),
                Tables.known(estimate.high()),
                test.p(),
                test.pHolm(),
                test.significant());
    }
}
