package sightline.template;

import java.util.List;
import java.util.Map;

/** The arguments of a call, evaluated. */
record Given(List<Object> positional, Map<String, Object> named) {
    static final Given NOTHING = new Given(List.of(), Map.of());
}
