package sightline.app;

import static org.assertj.core.api.Assertions.assertThat;
import static sightline.app.MadeUpCheckout.finish;
import static sightline.app.MadeUpCheckout.script;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import sightline.app.MadeUpCheckout.Ran;

/** The verdicts of the check of a card, in a folder to which a build was carried, with a java that says made-up things. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "it is a shell script for Linux")
class GpuCheckTest {
    private static final String CURVES = """
            dataset,run,category,pathway,k,masking,measure,metric,clip,threshold,layer,window_first,window_last,acts,n,change,low,high
            visual7w,visual7w/run,,image_to_last,3,paper,change,product,none,0.5,0,0,1,false,2,-0.25,-0.3,-0.2
            visual7w,visual7w/run,,image_to_last,3,paper,flip,,none,0.5,0,0,1,false,2,,0.5,0.7
            """;
    private static final String ANSWERS =
            "[\n{\"qa_id\": 1, \"answer\": \"a\"},\n{\"qa_id\": 2, \"answer\": \"b\"}\n]\n";

    /** What it says of itself is in variables that a test may set. */
    private static final String JAVA = """
            #!/bin/sh
            for last in "$@"; do
                case $last in --reports-dir=*) reports=${last#*=} ;; esac
            done
            after_out() { while [ "$1" != --out ]; do shift; done; echo "$2"; }
            case " $* " in
                *' ask '*) echo "${ASKED:-an answer}"; exit "${ASK_STATUS:-0}" ;;
                *' check '*) echo 'The card can be used.' ;;
                *' bench '*)
                    echo '{"machine":{"best_rate":7.89E14,"threads":1},"total":{"name":"total","operations":47300000000000,' \\
                        '"seconds":'"${BENCH:-0.06}"',"rate":1},"throughput":{"workers":4,"samples":20,"seconds":1,' \\
                        '"samples_a_second":20.0},"memory":1}' | tr -d ' '
                    ;;
                *' study '*)
                    out=$(after_out "$@")
                    mkdir -p "$out/report" "$out/run"
                    sed "s/-0.25/${CHANGE:--0.2501}/; s/visual7w.run/study/" "$MADE_UP/curves.csv" >"$out/report/curves.csv"
                    sed "s/\\"b\\"/\\"${ANSWER:-b}\\"/" "$MADE_UP/answers.json" >"$out/answers.json"
                    : >"$out/run/dataset.jsonl"
                    echo '{}' >"$out/run/samples.jsonl"
                    ;;
                *ConsoleLauncher*)
                    mkdir -p "$reports"
                    {
                        echo '<testcase name="a" classname="A" time="0.5"></testcase>'
                        echo '<system-out>left = +0 native objects, +0.0 MiB on the card</system-out>'
                        case " $* " in *"${BROKEN:-no class}"*) echo '<testcase name="b" time="1"><failure message="no"/>' ;; esac
                    } >"$reports/TEST-junit-jupiter.xml"
                    case " $* " in *"${UNLISTED:-no class}"*) exit 1 ;; esac
                    ;;
            esac
            """;

    @TempDir
    private Path folder;

    private final Map<String, String> says = new HashMap<>();

    @BeforeEach
    void carry() throws IOException {
        Path root = Path.of(System.getProperty("basedir")).getParent();
        Files.copy(root.resolve("dev/gpu-check"), folder.resolve("gpu-check"));
        Files.writeString(folder.resolve("sightline.jar"), "");
        script(folder.resolve("jre/bin/java"), JAVA);
        Path demo = folder.resolve("check/demo");
        Path images = Files.createDirectories(demo.resolve("data/visual7w/images"));
        Files.writeString(images.resolve("a.jpg"), "");
        Files.writeString(demo.resolve("curves.csv"), CURVES);
        Files.writeString(demo.resolve("answers.json"), ANSWERS);
        says.put("MADE_UP", demo.toString());
    }

    private Ran run(String... arguments) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(folder.resolve("gpu-check").toString(), "--out", "out").directory(folder.toFile());
        builder.command().addAll(List.of(arguments));
        builder.environment().putAll(says);
        return finish(builder.start());
    }

    @Test
    void allIsWell() throws Exception {
        Ran ran = run();

        assertThat(ran.status()).as(ran.out() + ran.err()).isZero();
        assertThat(ran.out())
                .doesNotContain("FAIL")
                .contains("pass  check --device cuda: The card can be used.")
                .contains(
                        "pass  11b shapes bfloat16, alone: 0.0600 s a sample; 47.3 T operations; best matrix rate 789 T/s"
                                + " (limit: 0.15 s a sample)\n")
                .contains("pass  11b shapes bfloat16, 4 at once: 0.0500 s a sample (limit: 0.10 s a sample)\n")
                .contains("pass  study, largest difference to the CPU: 0.0001 of a mean change; 1 points of curves")
                .contains("pass  study, answers that are not the CPU's: 0 of 300")
                .contains("pass  numbers, GoldenModelTest: 1 tests, 0 failed, 0 skipped, 0.5 s (limit: 0 failed)\n")
                .contains("; +0 native objects, +0.0 MiB on the card (limit")
                .contains("all eight answered")
                .containsPattern("gpu-check: 29 passed, 0 failed on cuda, in [0-9.]+ s\n$");
        assertThat(folder.resolve("out/verdicts.txt")).hasContent(ran.out());
    }

    @Test
    void eachFaultHasItsLineAndCostsNoOther() throws Exception {
        says.put("BENCH", "0.16");
        says.put("CHANGE", "-0.252");
        says.put("ANSWER", "c");
        says.put("BROKEN", "sweep.AnySourceTest");
        says.put("UNLISTED", "sweep.GoldenRolesTest");

        Ran ran = run();

        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.out().lines().filter(line -> line.startsWith("FAIL")))
                .satisfiesExactly(
                        line -> assertThat(line).contains("11b shapes bfloat16, alone: 0.1600 s a sample"),
                        line -> assertThat(line).contains("study, largest difference to the CPU: 0.002 of a mean"),
                        line -> assertThat(line).contains("study, answers that are not the CPU's: 1 of 300"),
                        line -> assertThat(line).contains("numbers, GoldenRolesTest: 1 tests, 0 failed"),
                        line -> assertThat(line).contains("numbers, AnySourceTest: 2 tests, 1 failed, 0 skipped"),
                        line -> assertThat(line).contains("11b shapes bfloat16, one worker, alone: 0.1600 s"));
        assertThat(ran.out()).contains("gpu-check: 23 passed, 6 failed on cuda");
    }

    @Test
    void whatGivesNoResultSaysWhy() throws Exception {
        says.put("ASK_STATUS", "2");
        says.put("ASKED", "no CUDA device can be used");

        Ran ran = run();

        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.out())
                .contains("FAIL  first start, empty cache: no result; start-1.log ends: no CUDA device can be used")
                .contains("FAIL  eight processes at once, empty cache: 0 of 8 answered");
    }

    @Test
    void onTheCpuTimesHaveNoLimit() throws Exception {
        says.put("BENCH", "100");

        Ran ran = run("--device", "cpu");

        assertThat(ran.status()).as(ran.out() + ran.err()).isZero();
        assertThat(ran.out())
                .contains("pass  tiny shapes, where a card has 11b, bfloat16, alone: 100.0000 s a sample")
                .contains("(limit: 0.15 s a sample on a card)\n");
    }

    @Test
    void nothingIsOverwritten() throws Exception {
        Files.createDirectory(folder.resolve("out"));
        Files.writeString(folder.resolve("out/mine"), "");

        Ran ran = run();

        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).contains("gpu-check: out is not empty", "name a new folder");
    }

    @Test
    void wrongArgumentsAreRefused() throws Exception {
        assertThat(run("--fast").err()).contains("--fast is not known", "usage: gpu-check");
        assertThat(run("--device").err()).contains("--device takes a value");
        assertThat(folder.resolve("out")).doesNotExist();
    }
}
