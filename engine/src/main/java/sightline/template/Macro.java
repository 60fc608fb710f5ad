package sightline.template;

import sightline.template.Statement.Signature;

/**
 * A macro, or the body of a call block.
 *
 * @param around the scope it was defined in
 */
record Macro(Signature signature, TemplateScope around) {
    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    @Override
    public String toString() {
        return "macro " + signature.name();
    }
}
