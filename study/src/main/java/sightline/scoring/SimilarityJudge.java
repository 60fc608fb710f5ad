package sightline.scoring;

import java.util.OptionalDouble;
import sightline.dataset.AnswerEntry;

/** DocVQA: by the answer's likeness to one of the right texts. */
final class SimilarityJudge implements Judge {
    @Override
    public Paper paper(AnswerEntry answer) {
        Judge.requireTruths(answer, "ValueError");
        double anls = Anls.paper(answer.answer(), Judge.texts(answer));
        return new Paper(anls, anls > 0);
    }

    @Override
    public double official(AnswerEntry answer) {
        return Anls.official(answer.answer(), Judge.texts(answer));
    }

    @Override
    public boolean isRight(double official) {
        return official > 0;
    }

    /** With its score, rounded to four digits as published. */
    @Override
    public AnswerEntry kept(AnswerEntry answer, OptionalDouble score) {
        return answer.withAnlsScore(Anls.written(score.orElseThrow()));
    }
}
