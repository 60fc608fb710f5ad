package sightline.text;

import ai.djl.util.Utils;
import sightline.error.InputException;

/**
 * Keeps the tokeniser library off the network.
 *
 * <p>Left alone, DJL asks a cloud metadata address who it is on the first tokeniser of a process, and may fetch a native
 * library for CUDA. Both ask for offline mode first, so it is switched on before any tokeniser class is touched.
 */
final class OfflineDjl {
    static {
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("OPT_OUT_TRACKING", "true");
    }

    private OfflineDjl() {}

    /**
     * To be called before every use of DJL.
     *
     * @throws InputException if the environment overrules the setting
     */
    static void require() {
        if (!Utils.isOfflineMode()) {
            throw new InputException(
                    "environment variable DJL_OFFLINE",
                    "is '" + System.getenv("DJL_OFFLINE") + "', which lets the tokeniser library use the network",
                    "'true', or not set",
                    "Unset DJL_OFFLINE");
        }
    }
}
