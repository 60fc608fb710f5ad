package sightline.analysis;

import java.util.Objects;
import java.util.Optional;

/** Which of a dataset's samples are looked at together. */
public sealed interface Group {
    /** All samples of a dataset, each once. */
    static Group all() {
        return new All();
    }

    /** The samples of one category. */
    static Group of(String category) {
        return new Category(category);
    }

    /** Whether a sample belongs to it. */
    boolean has(TracedSample sample);

    /** The category's name; empty for all samples, which is what files say of them too. */
    Optional<String> category();

    /** What people read. A category that has the name of all samples is in quotation marks. */
    default String label() {
        String all = "all categories";
        return category()
                .map(name -> name.equals(all) ? "“" + name + "”" : name)
                .orElse(all);
    }

    /** All samples; there is one of this kind, {@link Group#ALL}. */
    record All() implements Group {
        @Override
        public boolean has(TracedSample sample) {
            return true;
        }

        @Override
        public Optional<String> category() {
            return Optional.empty();
        }
    }

    /**
     * The samples of one category.
     *
     * @param name as in the dataset; not blank
     */
    record Category(String name) implements Group {
        /**
         * A category.
         *
         * @throws IllegalArgumentException if the name is blank
         */
        public Category {
            Objects.requireNonNull(name);
            if (name.isBlank()) {
                throw new IllegalArgumentException("a category needs a name");
            }
        }

        @Override
        public boolean has(TracedSample sample) {
            return sample.categories().contains(name);
        }

        @Override
        public Optional<String> category() {
            return Optional.of(name);
        }
    }
}
