package sightline.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * All questions about one picture in one sequence: what their prompts begin with alike, once, then one branch a question.
 * A branch reads the prefix and itself, and its positions go on where the prefix ends, so that every row computes exactly
 * what it would in a sequence of its own.
 *
 * @param prefix tokens that all prompts begin with, the image token among them
 * @param imagePosition where the image token stands
 * @param branches one a question
 */
record PackedSequence(int[] prefix, int imagePosition, List<Branch> branches) {
    /**
     * A question with its answer.
     *
     * @param rest of the prompt, after the prefix; at least one token
     * @param answer with the stop token at its end
     * @param asked the row, counted from the prefix on, at which the question ends; -1 if nothing is to be looked at there
     * @param shownAt the vision tokens that it is to look at
     */
    record Branch(int[] rest, int[] answer, int asked, int[] shownAt) {
        /** Rows that the branch takes: nothing is read out at the stop token. */
        int rows() {
            return rest.length + answer.length - 1;
        }

        int token(int row) {
            return row < rest.length ? rest[row] : answer[row - rest.length];
        }

        /** The first row at which an answer token is read out: the prompt's last. */
        int firstAnswerRow() {
            return rest.length - 1;
        }
    }

    /**
     * A whole prompt with its answer, before packing.
     *
     * @param asked the row at which the question ends
     * @param shownAt the vision tokens of the places that give the answer; empty if there are none
     */
    record Whole(int[] prompt, int[] answer, int asked, int[] shownAt) {}

    PackedSequence {
        branches = List.copyOf(branches);
    }

    /**
     * Packs prompts about one picture.
     *
     * @param imageToken stands once in each prompt, in what they share
     */
    static PackedSequence of(List<Whole> questions, int imageToken) {
        int[] first = questions.get(0).prompt();
        int shared = first.length - 1; // the last row, at least, is a branch's own
        for (Whole question : questions) {
            int[] prompt = question.prompt();
            shared = Math.min(shared, prompt.length - 1);
            if (question.shownAt().length > 0) {
                shared = Math.min(shared, question.asked()); // a row that is to look is its branch's own
            }
            int equal = Arrays.mismatch(first, 0, shared, prompt, 0, shared);
            shared = equal < 0 ? shared : equal;
        }
        int[] prefix = Arrays.copyOf(first, shared);
        int image = 0;
        while (image < shared && prefix[image] != imageToken) {
            image++;
        }
        if (image == shared) {
            throw new IllegalArgumentException("the prompts share no image token");
        }
        List<Branch> branches = new ArrayList<>();
        for (Whole question : questions) {
            int[] rest = Arrays.copyOfRange(question.prompt(), shared, question.prompt().length);
            int asked = question.shownAt().length == 0 ? -1 : question.asked() - shared;
            branches.add(new Branch(rest, question.answer(), asked, question.shownAt()));
        }
        return new PackedSequence(prefix, image, branches);
    }

    /** Rows in all. */
    int rows() {
        return prefix.length + branches.stream().mapToInt(Branch::rows).sum();
    }
}
