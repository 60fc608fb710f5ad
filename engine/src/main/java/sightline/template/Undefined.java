package sightline.template;

/**
 * What a name or entry that is not there stands for: prints as nothing, is false and empty, and fails at anything else.
 *
 * @param reason a clause that says what is not there
 */
record Undefined(String reason) {
    Refusal refuse() {
        return new Refusal(reason);
    }
}
