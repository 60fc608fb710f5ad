package sightline.dataset;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import sightline.text.PromptFormat;

/** The datasets of the published study. All that tells them apart is here and in their {@link DatasetForm}s. */
public enum Dataset {
    /** Goyal et al. 2017, "Making the V in VQA matter". */
    VQAV2("VQAv2", "question_id", Judging.PEOPLE, List.of("other", "yes_no", "number"), new VqaV2Form()) {
        @Override
        public String tag() {
            return "vqa";
        }

        @Override
        public boolean questionsApart() {
            return true;
        }

        @Override
        public boolean rulesChanged() {
            return true;
        }

        @Override
        public boolean clippedInPlots(String pathway) {
            return true;
        }

        @Override
        public int placeInPlots() {
            return 1;
        }
    },
    /** Zhu et al. 2016, "Visual7W", the telling questions. */
    VISUAL7W(
            "Visual7W",
            "qa_id",
            Judging.CHOICE,
            List.of("what", "where", "how", "who", "when", "why"),
            new Visual7wForm()),
    /** Mathew et al. 2021, "DocVQA". */
    DOCVQA(
            "DocVQA",
            "questionId",
            Judging.SIMILARITY,
            List.of("layout", "table/list", "form", "Yes/No", "handwritten", "free_text", "others"),
            new DocVqaForm()) {
        @Override
        public boolean sampled() {
            return false;
        }

        @Override
        public String cluster(String image) {
            int end = image.lastIndexOf('_');
            return end < 0 ? image : image.substring(0, end);
        }

        @Override
        public boolean clippedInPlots(String pathway) {
            return !pathway.equals("question_to_last");
        }

        @Override
        public boolean plotsFromZero() {
            return false;
        }

        @Override
        public int placeInPlots() {
            return 2;
        }
    };

    private final String title;
    private final String idField;
    private final Judging judging;

    @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable; its type does not say so
    private final List<String> categories;

    @SuppressWarnings("ImmutableEnumChecker") // has no fields
    private final DatasetForm form;

    Dataset(String title, String idField, Judging judging, List<String> categories, DatasetForm form) {
        this.title = title;
        this.idField = idField;
        this.judging = judging;
        this.categories = categories;
        this.form = form;
    }

    /** The dataset of a name as {@link #toString} gives it. */
    public static Optional<Dataset> named(String name) {
        return Arrays.stream(values())
                .filter(dataset -> dataset.toString().equals(name))
                .findFirst();
    }

    /** The name as people write it. */
    public String title() {
        return title;
    }

    /** The name in the names of published files and in the options of the published scripts. */
    public String tag() {
        return toString();
    }

    /** The field that holds an entry's id in official and published files. */
    public String idField() {
        return idField;
    }

    /** The categories of the published study, in its order. */
    public List<String> categories() {
        return categories;
    }

    /** How answers are judged. */
    public Judging judging() {
        return judging;
    }

    /** Whether the official rules of judging have changed since 2016. */
    public boolean rulesChanged() {
        return false;
    }

    /** Whether the questions are in a file of their own, beside the annotations. */
    public boolean questionsApart() {
        return false;
    }

    /** Whether as many of each category are drawn for tracing; otherwise all answers of full score are traced. */
    public boolean sampled() {
        return true;
    }

    /**
     * What pictures have in common whose questions are not independent of each other: the picture itself, in DocVQA its
     * document, whose name is the file's up to the last {@code _}.
     */
    public String cluster(String image) {
        return image;
    }

    /** Whether the published plots count a pathway's rises as 0. */
    public boolean clippedInPlots(String pathway) {
        return false;
    }

    /** Whether the published plots' layers begin at 0; otherwise the plotting library chose where. */
    public boolean plotsFromZero() {
        return true;
    }

    /** The place among the lines of the published figure of stages, from 0. */
    public int placeInPlots() {
        return 0;
    }

    /** The wording of its questions. */
    public PromptFormat prompt() {
        return PromptFormat.of(toString());
    }

    /** How its files are written. */
    DatasetForm form() {
        return form;
    }

    /** The name on the command line and in results: {@code vqav2}, {@code visual7w}, {@code docvqa}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
