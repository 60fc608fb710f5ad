package sightline.explore;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import sightline.error.InputException;

/**
 * Where the explorer listens.
 *
 * @param host a name or number
 * @param port 0 for any free one
 * @param elsewhere whether another port will do if this one is taken
 * @param token what every request must know, if any
 */
record Address(String host, int port, boolean elsewhere, Optional<String> token) {
    /**
     * Whether only this machine reaches it.
     *
     * @throws InputException if it is no address
     */
    boolean isLoopback() {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new InputException("--host", "is " + host + ", which is no address", "one of this machine", "", e);
        }
    }

    /** The host as it stands in a URL. */
    String inUrl() {
        return host.contains(":") ? "[" + host + "]" : host;
    }
}
