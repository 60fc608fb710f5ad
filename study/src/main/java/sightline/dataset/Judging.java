package sightline.dataset;

/** How answers to a dataset's questions are judged. */
public enum Judging {
    /** By how many of the people who were asked say the same. */
    PEOPLE,
    /** By whether it is the right one of the choices. */
    CHOICE,
    /** By how like it is to one of several right texts; that score is kept beside the answer. */
    SIMILARITY
}
