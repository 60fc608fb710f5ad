package sightline.template;

import java.util.List;

/** What {@code keys()}, {@code values()} and {@code items()} of a mapping give. */
record View(String kind, Dict of, List<Object> items) {}
