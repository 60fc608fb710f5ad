package sightline.template;

import java.util.LinkedHashMap;
import java.util.Map;

/** What {@code namespace()} gives: the only thing whose attributes a template may set. */
final class Namespace {
    private final Map<String, Object> attributes = new LinkedHashMap<>();

    /** Null if it is not there. */
    Object get(String name) {
        return attributes.get(name);
    }

    void set(String name, Object value) {
        attributes.put(name, value);
    }
}
