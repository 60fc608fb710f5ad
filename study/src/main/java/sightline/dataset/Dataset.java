package sightline.dataset;

import java.util.List;
import java.util.Locale;
import sightline.text.PromptFormat;

/** The datasets of the published study. */
public enum Dataset {
    /** Goyal et al. 2017, "Making the V in VQA matter". */
    VQAV2("question_id", List.of("other", "yes_no", "number")),
    /** Zhu et al. 2016, "Visual7W", the telling questions. */
    VISUAL7W("qa_id", List.of("what", "where", "how", "who", "when", "why")),
    /** Mathew et al. 2021, "DocVQA". */
    DOCVQA("questionId", List.of("layout", "table/list", "form", "Yes/No", "handwritten", "free_text", "others"));

    private final String idField;

    @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable; its type does not say so
    private final List<String> categories;

    Dataset(String idField, List<String> categories) {
        this.idField = idField;
        this.categories = categories;
    }

    /** The field that holds an entry's id in official and published files. */
    public String idField() {
        return idField;
    }

    /** The categories of the published study, in its order. */
    public List<String> categories() {
        return categories;
    }

    /** The wording of its questions. */
    public PromptFormat prompt() {
        return PromptFormat.of(toString());
    }

    /** The name on the command line and in results: {@code vqav2}, {@code visual7w}, {@code docvqa}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
