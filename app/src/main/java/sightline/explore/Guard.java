package sightline.explore;

import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.Set;

/**
 * Refuses what does not come from the explorer's own page: other hosts' names (DNS rebinding), other sites' pages
 * (cross-site requests), and whoever does not know the token.
 */
final class Guard {
    private static final String COOKIE = "sightline";
    private static final String BEARER = "Bearer ";
    private static final Set<String> NAMES = Set.of("127.0.0.1", "localhost", "[::1]");

    private final Address address;

    Guard(Address address) {
        this.address = address;
    }

    /**
     * Lets a request pass.
     *
     * @throws RequestRefusal if it may not
     */
    void check(Context request) {
        headers(request);
        String host = Optional.ofNullable(request.header("Host")).orElse("");
        if (!known(host)) {
            throw new RequestRefusal(RequestRefusal.FORBIDDEN, "This host is not the explorer's.");
        }
        String origin = request.header("Origin");
        if (origin != null && !origin.equals("http://" + host) && !origin.equals("https://" + host)) {
            throw new RequestRefusal(RequestRefusal.FORBIDDEN, "Other sites cannot ask the explorer.");
        }
        String site = request.header("Sec-Fetch-Site");
        boolean opened = "navigate".equals(request.header("Sec-Fetch-Mode")) && "/".equals(request.path());
        if (site != null && !site.equals("same-origin") && !site.equals("none") && !opened) {
            throw new RequestRefusal(RequestRefusal.FORBIDDEN, "Other sites cannot ask the explorer.");
        }
        address.token().ifPresent(token -> checkToken(request, token));
    }

    /**
     * Whether a name is the explorer's. Any port will do, so that a tunnel may lead here; and behind a token any name: whoever
     * knows the token may ask.
     */
    private boolean known(String host) {
        int colon = host.lastIndexOf(':');
        boolean ported =
                colon > host.lastIndexOf(']') && host.substring(colon + 1).matches("[0-9]{1,5}");
        String name = ported ? host.substring(0, colon) : host;
        return address.token().isPresent() || NAMES.contains(name) || name.equals(address.inUrl());
    }

    private static void checkToken(Context request, String token) {
        String header = request.header("Authorization");
        String known = header != null && header.startsWith(BEARER)
                ? header.substring(BEARER.length())
                : request.cookie(COOKIE);
        if (same(token, known)) {
            return;
        }
        if ("/".equals(request.path()) && same(token, request.queryParam("token"))) {
            Cookie cookie = new Cookie(COOKIE, token);
            cookie.setHttpOnly(true);
            cookie.setSameSite(SameSite.STRICT);
            request.cookie(cookie);
            return;
        }
        throw new RequestRefusal(
                RequestRefusal.FORBIDDEN, "The address lacks the token that the explorer was started with.");
    }

    /** In a time that does not tell how much of it is right. */
    private static boolean same(String token, String given) {
        return given != null
                && MessageDigest.isEqual(
                        token.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }

    private static void headers(Context request) {
        request.header(
                "Content-Security-Policy",
                "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:;"
                        + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
        request.header("X-Content-Type-Options", "nosniff");
        request.header("Referrer-Policy", "no-referrer");
        request.header("Cross-Origin-Resource-Policy", "same-origin");
        request.header("Cross-Origin-Opener-Policy", "same-origin");
        request.header("Cache-Control", "no-store");
    }
}
