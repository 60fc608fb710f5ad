package sightline.explore;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sightline.app.CommandRun;

/** What the page is told, against what the command line says. */
class ExplorerTest {
    private static RunningExplorer explorer;

    @TempDir
    private Path dir;

    @BeforeAll
    static void start() throws InterruptedException {
        explorer = new RunningExplorer().ready();
    }

    @AfterAll
    static void stop() {
        explorer.close();
    }

    @Test
    void everyNumberIsThatOfTheCommandLine() throws Exception {
        String question = "Is the shape just above the dark green shape yellow?";
        JsonNode page = explorer.ask("""
                {"picture": "e0", "question": "%s", "prompt": "vqav2", "k": "1,3", "top": "5", "lens": true,
                 "attention": true, "heads": "zero", "region": ["8,8,30,30"], "occlude": true, "map": "2",
                 "cut": ["5-9:last"], "decode": 4}""".formatted(question));
        Path picture = Files.write(dir.resolve("e0.png"), explorer.bytes("/api/pictures/e0"));
        CommandRun command = CommandRun.of(
                "ask",
                "--model",
                explorer.checkpoint().toString(),
                "--image",
                picture.toString(),
                "--question",
                question,
                "--prompt",
                "vqav2",
                "--k",
                "1,3",
                "--top",
                "5",
                "--lens",
                "--attention",
                "--heads",
                "zero",
                "--region",
                "8,8,30,30",
                "--occlude",
                "--map=2",
                "--cut",
                "5-9:last",
                "--decode",
                "4",
                "--device",
                "cpu",
                "--dtype",
                "float32",
                "--json");

        assertThat(command.err()).isEmpty();
        JsonNode wanted = RunningExplorer.JSON.readTree(command.out());
        assertThat(withoutTimes(page.path("ask"))).isEqualTo(withoutTimes(wanted));
        assertThat(page.path("command").asText()).contains("--question='" + question + "'");
        assertThat(explorer.json("/api/results/" + page.path("key").asText())).isEqualTo(page);
    }

    private static JsonNode withoutTimes(JsonNode ask) {
        return ((ObjectNode) ask.deepCopy()).without("seconds");
    }

    @Test
    void anAnswerIsHeardTokenByToken() {
        HttpResponse<String> said = explorer.post(
                "/api/ask",
                "{\"picture\": \"e2\", \"question\": \"What is at the bottom right?\", \"prompt\": \"visual7w\","
                        + " \"choice\": [\"dog\", \"robot\", \"orange circle\", \"dark green ring\"], \"k\": 1}");
        List<String> names =
                said.body().lines().filter(line -> line.startsWith("event: ")).toList();
        assertThat(names).startsWith("event: queued").contains("event: token").endsWith("event: result");
        assertThat(said.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
    }

    @Test
    void whatAWindowTakesIsSaidInWords() throws Exception {
        JsonNode result = explorer.ask("{\"picture\": \"e1\", \"question\": \"How many shapes are there?\","
                + " \"prompt\": \"vqav2\", \"k\": 3, \"decode\": 0}");
        String key = result.path("key").asText();
        String said = explorer.get("/api/results/" + key + "/says?pathway=question_to_last&k=3&layer=1&most=8")
                .body();
        assertThat(said).contains("event: said").contains("\"same\":");
        assertThat(explorer.get("/api/results/" + key + "/attention?token=0&layer=3")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void aQuestionThatNobodyWaitsForIsGivenUp() throws Exception {
        String slow = "{\"picture\": \"e0\", \"question\": \"What colour is the circle?\", \"prompt\": \"vqav2\","
                + " \"k\": \"1,3\", \"strategy\": \"naive\", \"heads\": \"zero\"}";
        HttpResponse<InputStream> left = explorer.client()
                .send(
                        explorer.request("/api/ask")
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(slow))
                                .build(),
                        BodyHandlers.ofInputStream());
        left.body().readNBytes(60);
        left.body().close();
        long start = System.nanoTime();
        JsonNode next = explorer.ask("{\"picture\": \"e0\", \"question\": \"What colour is the circle?\","
                + " \"prompt\": \"vqav2\", \"k\": 1}");
        assertThat(next.has("ask")).isTrue();
        assertThat((System.nanoTime() - start) / 1e9).isLessThan(20); // the naive sweep of all heads takes minutes
    }

    @Test
    void manyReadWhileOneAsks() throws Exception {
        CompletableFuture<JsonNode> asking = CompletableFuture.supplyAsync(() -> {
            try {
                return explorer.ask("{\"picture\": \"e3\", \"question\": \"What is the price of salt?\","
                        + " \"prompt\": \"docvqa\", \"k\": \"1,3,5,7,9\"}");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        List<CompletableFuture<HttpResponse<String>>> readers = new ArrayList<>();
        for (int reader = 0; reader < 100; reader++) {
            readers.add(explorer.client()
                    .sendAsync(
                            explorer.request(reader % 2 == 0 ? "/api/state" : "/assets/echarts.js")
                                    .build(),
                            BodyHandlers.ofString()));
        }
        for (CompletableFuture<HttpResponse<String>> reader : readers) {
            assertThat(reader.get().statusCode()).isEqualTo(200);
        }
        assertThat(asking.get().has("ask")).isTrue();
    }

    @Test
    void aWrongOptionIsOneLine() throws Exception {
        JsonNode failed = explorer.ask(
                "{\"picture\": \"e0\", \"question\": \"What colour is the circle?\", \"prompt\": \"vqav2\","
                        + " \"k\": 3, \"cut\": [\"900:last\"]}");
        assertThat(failed.path("message").asText())
                .startsWith("cut: is 900:last")
                .doesNotContain("\n");
    }

    @Test
    void aTokenIsDemandedOnEveryRequest() throws Exception {
        String token = "0123456789abcdef";
        try (RunningExplorer guarded = new RunningExplorer(Optional.of(token), List.of(), List.of())) {
            assertThat(guarded.get("/api/state").statusCode()).isEqualTo(403);
            assertThat(guarded.get("/").statusCode()).isEqualTo(403);
            assertThat(guarded.get("/?token=0123456789abcdeg").statusCode()).isEqualTo(403);
            HttpResponse<String> opened = guarded.get("/?token=" + token);
            assertThat(opened.statusCode()).isEqualTo(200);
            String cookie = opened.headers().firstValue("Set-Cookie").orElseThrow();
            assertThat(cookie).contains("HttpOnly").contains("SameSite=Strict");
            assertThat(guarded.send(guarded.request("/api/state")
                                    .header("Cookie", cookie.substring(0, cookie.indexOf(';')))
                                    .build())
                            .statusCode())
                    .isEqualTo(200);
            assertThat(guarded.send(guarded.request("/api/state")
                                    .header("Authorization", "Bearer " + token)
                                    .build())
                            .statusCode())
                    .isEqualTo(200);
        }
    }
}
