package sightline.scoring;

import java.util.OptionalDouble;
import sightline.dataset.AnswerEntry;
import sightline.dataset.GroundTruth;

/** VQAv2: by how many of ten people say the same. */
final class PeopleJudge implements Judge {
    private static final double ENOUGH_MATCHES = 3;

    private final PaperNormaliser normaliser = new PaperNormaliser();
    private final OfficialVqa officialVqa = new OfficialVqa(OfficialVqa.Rules.OF_2021);
    private final OfficialVqa officialVqa2016 = new OfficialVqa(OfficialVqa.Rules.OF_2016);

    @Override
    public Paper paper(AnswerEntry answer) {
        Judge.requireTruths(answer, "ZeroDivisionError");
        String said = normaliser.normalise(answer.answer());
        int matches = 0;
        for (GroundTruth truth : answer.groundTruths()) {
            if (normaliser.normalise(truth.text()).equals(said)) {
                matches++;
            }
        }
        return new Paper(
                Math.min(1, matches / ENOUGH_MATCHES),
                matches == answer.groundTruths().size());
    }

    @Override
    public double official(AnswerEntry answer) {
        return officialVqa.score(answer.answer(), answer.groundTruths());
    }

    @Override
    public OptionalDouble official2016(AnswerEntry answer) {
        return OptionalDouble.of(officialVqa2016.score(answer.answer(), answer.groundTruths()));
    }
}
