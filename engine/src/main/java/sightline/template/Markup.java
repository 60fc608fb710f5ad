package sightline.template;

/** What {@code escape} and {@code safe} give. It may be printed or joined; Jinja2 escapes what is added to it. */
record Markup(String text) {}
