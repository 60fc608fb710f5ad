package sightline.cluster;

import java.io.Serializable;

/**
 * What a task brings back.
 *
 * @param host where it was done
 * @param results of its samples; none if it cannot be done
 * @param problem why no executor of that host can do it; empty if it was done
 */
@SuppressWarnings("ArrayRecordComponent")
record TaskResult(String host, String[] results, String problem) implements Serializable {
    private static final long serialVersionUID = 1L;
}
