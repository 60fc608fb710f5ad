package sightline.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What strangers may send: refused plainly, nothing written, and the server lives. */
class HostileRequestsTest {
    private static final int SECOND = 1_000;
    private static RunningExplorer explorer;
    private static long files;

    @BeforeAll
    static void start() throws Exception {
        explorer = new RunningExplorer().ready();
        files = files();
    }

    @AfterAll
    static void stop() {
        explorer.close();
    }

    @AfterEach
    void lives() throws Exception {
        assertThat(explorer.get("/api/state").statusCode()).isEqualTo(200);
        assertThat(explorer.ask(
                                "{\"picture\":\"e0\",\"question\":\"What colour is the ring?\",\"prompt\":\"vqav2\",\"k\":1}")
                        .has("ask"))
                .isTrue();
        assertThat(files()).isEqualTo(files);
    }

    private static long files() throws IOException {
        try (Stream<Path> all = Files.walk(explorer.checkpoint().getParent())) {
            return all.count();
        }
    }

    /** Sends bytes as they are; what comes back within a while, or until the end. */
    private static String raw(byte[] request, int patience) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), explorer.port())) {
            socket.setSoTimeout(patience);
            socket.getOutputStream().write(request);
            socket.getOutputStream().flush();
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            byte[] some = new byte[8192];
            InputStream in = socket.getInputStream();
            try {
                for (int read = in.read(some); read >= 0; read = in.read(some)) {
                    answer.write(some, 0, read);
                }
            } catch (IOException e) {
                // It keeps the connection, or has cut it: what came counts.
            }
            return answer.toString(StandardCharsets.UTF_8);
        }
    }

    private static String raw(String request) throws IOException {
        return raw(request.getBytes(StandardCharsets.ISO_8859_1), 3 * SECOND);
    }

    private static void assertRefused(String what, String answer) {
        assertThat(answer).as(what).matches("(?s)(HTTP/1\\.1 [45]\\d\\d.*)?");
        assertThat(answer).as(what).doesNotContain("Exception", "at sightline.", "root:");
    }

    private static String head(String line, String... headers) {
        return line + " HTTP/1.1\r\nHost: 127.0.0.1:" + explorer.port() + "\r\nConnection: close\r\n"
                + String.join(
                        "",
                        Arrays.stream(headers).map(header -> header + "\r\n").toList()) + "\r\n";
    }

    @Test
    void pathsThatLeadElsewhere() throws IOException {
        List<String> paths = List.of(
                "/assets/../../etc/passwd",
                "/assets/..%2f..%2fetc%2fpasswd",
                "/assets/%2e%2e/%2e%2e/etc/passwd",
                "/assets/....//....//etc/passwd",
                "/assets/%00",
                "/assets/index.html%00.js",
                "/assets//etc/passwd",
                "/assets/C:%5Cwindows%5Cwin.ini",
                "/assets/..;/..;/etc/passwd",
                "//etc/passwd",
                "/api/pictures/../../../etc/passwd",
                "/api/pictures/..%2f..%2fetc%2fpasswd",
                "/api/pictures/%2fetc%2fpasswd",
                "/api/pictures/e99",
                "/api/pictures/e-1",
                "/api/pictures/r0-0",
                "/api/pictures/r999-9999999",
                "/api/pictures/" + "a".repeat(4000),
                "/api/pictures/e0/../../x",
                "/api/pictures/0123456789abcdef0123456789abcdef",
                "/api/results/../../etc/passwd",
                "/api/results/none",
                "/api/results/none/attention?token=0&layer=0",
                "/api/results/none/says?pathway=x&k=1&layer=0&most=1",
                "/api/runs/0/samples",
                "/api/runs/-1/samples",
                "/api/runs/99999999999/samples",
                "/api/runs/..%2f..%2fetc/samples",
                "/api/runs/0/report",
                "/api/",
                "/admin",
                "/.git/config",
                "/WEB-INF/web.xml",
                "/favicon.ico%0d%0aX: y");
        for (String path : paths) {
            String answer = raw(head("GET " + path));
            assertRefused(path, answer);
            assertThat(answer).as(path).contains("HTTP/1.1 4");
        }
    }

    @Test
    void methodsAndLinesThatAreNone() throws IOException {
        List<String> requests = List.of(
                head("PUT /api/pictures"),
                head("DELETE /api/pictures/e0"),
                head("PATCH /"),
                head("TRACE /"),
                head("CONNECT 127.0.0.1:22"),
                head("OPTIONS /api/ask"),
                head("GET /api/ask"),
                head("POST /"),
                head("POST /api/state", "Content-Length: 0"),
                "GET\r\n\r\n",
                "\r\n\r\n\r\n",
                "GET / HTTP/9.9\r\n\r\n",
                "GET / HTTP/1.1\r\n\r\n",
                "\u0000\u0001\u0002\u0003\r\n\r\n",
                "GET /" + "a".repeat(100_000) + " HTTP/1.1\r\n\r\n",
                "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003\r\n\r\n",
                head("GET /", "X: " + "a".repeat(100_000)),
                head("POST /api/ask", "Content-Length: -5"),
                head("POST /api/ask", "Content-Length: x"),
                head("POST /api/ask", "Content-Length: 5", "Content-Length: 6"),
                head("POST /api/ask", "Transfer-Encoding: chunked", "Content-Length: 5"),
                head("POST /api/ask", "Content-Type: application/json", "Transfer-Encoding: chunked")
                        + "zz\r\n{}\r\n0\r\n\r\n");
        for (String request : requests) {
            assertRefused(request.substring(0, Math.min(60, request.length())), raw(request));
        }
    }

    @Test
    void otherHostsAndSites() throws IOException {
        int port = explorer.port();
        List<String> hosts = List.of(
                "evil.example",
                "evil.example:" + port,
                "127.0.0.2",
                "0.0.0.0:" + port,
                "localhost.evil.example:" + port,
                "127.0.0.1.evil.example:" + port,
                "127.0.0.1:" + port + "@evil.example",
                "");
        for (String host : hosts) {
            String answer = raw("GET /api/state HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
            assertRefused(host, answer);
            assertThat(answer).as(host).contains("HTTP/1.1 4");
        }
        String body = "{\"picture\":\"e0\",\"question\":\"What?\",\"k\":1}";
        List<String> origins = List.of(
                "Origin: http://evil.example",
                "Origin: null",
                "Origin: https://127.0.0.1:1",
                "Origin: http://127.0.0.1:" + (port + 1),
                "Origin: http://localhost:" + port + ".evil.example",
                "Sec-Fetch-Site: cross-site",
                "Sec-Fetch-Site: same-site");
        for (String origin : origins) {
            for (String line : List.of("POST /api/ask", "POST /api/pictures", "POST /api/export", "GET /api/state")) {
                String answer =
                        raw(head(line, origin, "Content-Type: application/json", "Content-Length: " + body.length())
                                + body);
                assertThat(answer).as(line + " " + origin).startsWith("HTTP/1.1 403");
            }
        }
        // What a form of another site can send without asking first.
        for (String type :
                List.of("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x")) {
            String answer =
                    raw(head("POST /api/ask", "Content-Type: " + type, "Content-Length: " + body.length()) + body);
            assertThat(answer).as(type).startsWith("HTTP/1.1 415");
        }
    }

    @Test
    void questionsThatAreNone() {
        List<String> bodies = new ArrayList<>(List.of(
                "",
                "{",
                "[]",
                "null",
                "1",
                "\"text\"",
                "{}",
                "{\"picture\": 1}",
                "{\"picture\": \"e0\"}",
                "[".repeat(100_000),
                "{\"a\":".repeat(50_000),
                "{\"picture\": \"e0\", \"question\": " + "[".repeat(1000),
                "{\"picture\": \"../../etc/passwd\", \"question\": \"What?\"}",
                "{\"picture\": \"/etc/passwd\", \"question\": \"What?\"}",
                "{\"picture\": \"e0\", \"question\": \"What?\", \"model\": \"/etc\"}",
                "{\"picture\": \"e0\", \"question\": \"What?\", \"image\": \"/etc/passwd\"}",
                "{\"picture\": \"e0\", \"question\": \"What?\", \"swap\": \"/etc/passwd\"}",
                "{\"picture\": \"e0\", \"question\": \"What?\", \"out\": \"/tmp/sightline-hostile\"}",
                "{\"picture\": \"e0\", \"question\": \"What?\", \"help\": true}",
                "{\"picture\": \"e0\", \"question\": {\"a\": 1}}",
                "{\"picture\": \"e0\", \"question\": true}",
                "{\"picture\": \"e0\", \"question\": \"" + "a".repeat(3000) + "\"}",
                "{\"picture\": \"e0\", \"question\": \"" + "a".repeat(300_000) + "\"}",
                "{\"picture\": \"e0\", \"question\": \"What?\", \"k\": -1}",
                "{\"picture\": \"e0\", \"question\": \"What?\", \"k\": 1e99}",
                "{\"picture\": \"e0\", \"question\": \"What?\", \"lens\": \"yes\"}",
                "{\"picture\": \"e0\", \"question\": \"What?\", \"pathways\": \"rm -rf\"}",
                "{\"picture\": \"e0\", \"question\": \"What?\", \"region\": [\"-1,-1,1e9,NaN\"]}",
                "{\"picture\": \"e0\", \"question\": \"What?\", \"cut\": [\"0-9999999:last\"]}",
                "{\"picture\": \"e0\", \"question\": \"What?\", \"max-new-tokens\": 99999999}"));
        for (String body : bodies) {
            String answer = explorer.post("/api/ask", body).body();
            String what = body.substring(0, Math.min(80, body.length()));
            assertThat(answer).as(what).containsAnyOf("\"error\":", "event: failed");
            assertThat(answer).as(what).doesNotContain("event: result", "at sightline.", "root:");
        }
        assertThat(Path.of("/tmp/sightline-hostile")).doesNotExist();
        assertThat(explorer.post("/api/export", "{\"keys\": [\"none\"]}").statusCode())
                .isEqualTo(404);
        assertThat(explorer.post("/api/tokens", "{\"picture\": \"../x\", \"question\": \"a\"}")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void picturesThatAreBombs() throws Exception {
        List<byte[]> pictures = new ArrayList<>(List.of(
                new byte[0],
                "not a picture".getBytes(StandardCharsets.UTF_8),
                png(100_000, 100_000),
                png(8_000, 8_000),
                png(0, 10),
                png(Integer.MAX_VALUE, 1),
                "<svg xmlns='http://www.w3.org/2000/svg'/>".getBytes(StandardCharsets.UTF_8),
                "GIF89a\u00ff\u00ff\u00ff\u00ff".getBytes(StandardCharsets.ISO_8859_1),
                new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10}));
        for (byte[] picture : pictures) {
            String answer = raw(
                    concat(
                            head("POST /api/pictures", "Content-Type: image/png", "Content-Length: " + picture.length),
                            picture),
                    20 * SECOND);
            assertThat(answer)
                    .as(picture.length + " bytes")
                    .startsWith("HTTP/1.1 400")
                    .contains("\"error\":\"the picture");
        }
        assertThat(raw(head("POST /api/pictures", "Content-Type: image/png", "Content-Length: 99999999999")))
                .startsWith("HTTP/1.1 413");
        byte[] endless = concat(
                head("POST /api/pictures", "Content-Type: image/png", "Transfer-Encoding: chunked"),
                chunks(Pictures.MOST_BYTES + (1 << 20)));
        assertRefused("chunks without end", raw(endless, 20 * SECOND));
    }

    private static byte[] concat(String head, byte[] body) {
        byte[] first = head.getBytes(StandardCharsets.ISO_8859_1);
        byte[] all = Arrays.copyOf(first, first.length + body.length);
        System.arraycopy(body, 0, all, first.length, body.length);
        return all;
    }

    private static byte[] chunks(int bytes) {
        byte[] chunk = concat("10000\r\n", new byte[0x10000 + 2]);
        chunk[chunk.length - 2] = '\r';
        chunk[chunk.length - 1] = '\n';
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int sent = 0; sent < bytes; sent += 0x10000) {
            all.writeBytes(chunk);
        }
        return all.toByteArray();
    }

    /** A PNG that declares a size and holds nothing of it. */
    private static byte[] png(int width, int height) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10});
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        for (int side : new int[] {width, height}) {
            header.write(new byte[] {(byte) (side >>> 24), (byte) (side >>> 16), (byte) (side >>> 8), (byte) side});
        }
        header.write(new byte[] {8, 2, 0, 0, 0});
        chunk(out, "IHDR", header.toByteArray());
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflated = new DeflaterOutputStream(data)) {
            deflated.write(new byte[1 << 20]);
        }
        chunk(out, "IDAT", data.toByteArray());
        chunk(out, "IEND", new byte[0]);
        return out.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream out, String type, byte[] data) throws IOException {
        byte[] body = concat(type, data);
        CRC32 crc = new CRC32();
        crc.update(body);
        out.write(new byte[] {
            (byte) (data.length >>> 24), (byte) (data.length >>> 16), (byte) (data.length >>> 8), (byte) data.length
        });
        out.write(body);
        int sum = (int) crc.getValue();
        out.write(new byte[] {(byte) (sum >>> 24), (byte) (sum >>> 16), (byte) (sum >>> 8), (byte) sum});
    }

    @Test
    void aThousandConnectionsAndSlowBodies() throws Exception {
        List<Socket> held = new ArrayList<>();
        try {
            for (int i = 0; i < 1000; i++) {
                try {
                    Socket socket = new Socket(InetAddress.getLoopbackAddress(), explorer.port());
                    held.add(socket);
                    String slow = head("POST /api/ask", "Content-Type: application/json", "Content-Length: 100000");
                    socket.getOutputStream().write((i < 200 ? slow + "{" : "GET /").getBytes(StandardCharsets.UTF_8));
                } catch (IOException e) {
                    // Refused: that is one way to bear it.
                }
            }
            assertThat(held).isNotEmpty();
            // What idles and what comes too slowly is cut off, so that others get through.
            assertThat(explorer.get("/api/state").statusCode()).isEqualTo(200);
        } finally {
            for (Socket socket : held) {
                socket.close();
            }
        }
    }
}
