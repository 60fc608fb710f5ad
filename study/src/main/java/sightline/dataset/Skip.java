package sightline.dataset;

import java.util.Objects;

/**
 * One entry of a file that could not be used. The work goes on without it, and whoever runs it reports it.
 *
 * @param file as the user named it
 * @param entry its place in the file's list, from 0
 * @param field the field at fault, with its path inside the entry ({@code qa_pairs[1].answer}); empty for the whole entry
 * @param problem what is wrong, with the value found and what was expected; a clause without a full stop
 */
public record Skip(String file, int entry, String field, String problem) {
    public Skip {
        Objects.requireNonNull(file);
        Objects.requireNonNull(field);
        Objects.requireNonNull(problem);
    }

    /** The field without its indices: skips of one reason share it. */
    public String kind() {
        String name = field.replaceAll("\\[\\d+]", "");
        return name.isEmpty() ? "entry" : name;
    }

    /** One line that names file, entry, field and problem. */
    @Override
    public String toString() {
        return file + ": entry " + entry + (field.isEmpty() ? "" : ", " + field) + ": " + problem;
    }
}
