package sightline.template;

/** What can be called: a function of the table, or a method of a value. */
record Callable(Operation operation, Object self) {}
