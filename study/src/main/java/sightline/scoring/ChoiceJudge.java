package sightline.scoring;

import sightline.dataset.AnswerEntry;

/** Visual7W: whether it is the right choice. */
final class ChoiceJudge implements Judge {
    @Override
    public Paper paper(AnswerEntry answer) {
        boolean same = letters(answer.answer()).equals(letters(right(answer)));
        return new Paper(same ? 1 : 0, same);
    }

    @Override
    public double official(AnswerEntry answer) {
        return answer.answer().equals(right(answer)) ? 1 : 0;
    }

    private static String right(AnswerEntry answer) {
        return answer.groundTruths().get(0).text();
    }

    /** Only ASCII letters and digits count, after lowering. */
    static String letters(String text) {
        StringBuilder rest = new StringBuilder();
        PythonUnicode.lower(text)
                .chars()
                .filter(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
                .forEach(c -> rest.append((char) c));
        return rest.toString();
    }
}
