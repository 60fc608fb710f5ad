package sightline.explore;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Reads what a request brings, and refuses what is too much or of another kind. */
final class Requests {
    static final String JSON = "application/json";
    private static final int MOST_JSON = 256 << 10;

    private Requests() {}

    /**
     * A request's JSON.
     *
     * @throws RequestRefusal if it has another type or is too large
     */
    static JsonNode body(Context request) throws IOException {
        if (!Optional.ofNullable(request.contentType()).orElse("").startsWith(JSON)) {
            throw new RequestRefusal(RequestRefusal.WRONG_KIND, "A question comes as " + JSON + ".");
        }
        return PageJson.read(bytes(request, MOST_JSON, "A question"));
    }

    /**
     * A request's bytes.
     *
     * @param what they are, for the refusal of more than the most
     */
    static byte[] bytes(Context request, int most, String what) throws IOException {
        if (request.req().getContentLengthLong() > most) {
            throw new RequestRefusal(RequestRefusal.TOO_LARGE, what + " has at most " + most + " bytes.");
        }
        try (InputStream in = request.req().getInputStream()) {
            byte[] bytes = in.readNBytes(most + 1);
            if (bytes.length > most) {
                throw new RequestRefusal(RequestRefusal.TOO_LARGE, what + " has at most " + most + " bytes.");
            }
            return bytes;
        }
    }

    /** The number of the run in a request's path. */
    static int run(Context request) {
        return whole(request.pathParam("run"), "The run");
    }

    /** A whole number among a request's parameters. */
    static int number(Context request, String name) {
        return whole(Optional.ofNullable(request.queryParam(name)).orElse(""), name);
    }

    private static int whole(String text, String what) {
        if (!text.matches("[0-9]{1,7}")) {
            throw new RequestRefusal(RequestRefusal.WRONG, what + " is no number.");
        }
        return Integer.parseInt(text);
    }
}
