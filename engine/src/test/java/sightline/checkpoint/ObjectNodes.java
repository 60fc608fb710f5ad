package sightline.checkpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;

final class ObjectNodes {
    private ObjectNodes() {}

    static void rename(ObjectNode node, String from, String to) {
        node.set(to, node.remove(from));
    }
}
