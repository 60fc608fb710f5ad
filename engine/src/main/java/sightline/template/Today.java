package sightline.template;

/**
 * What {@code strftime_now} gives here: it may be kept under a name and asked whether it is defined, nothing else. A
 * prompt that would show it depends on the day, and the template is refused.
 */
enum Today {
    TODAY
}
