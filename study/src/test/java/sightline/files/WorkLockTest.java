package sightline.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkLockTest {
    private static final long HALF = WorkLock.WHOLE / 2;

    @TempDir
    private Path folder;

    /** Says whether it gets the stretch that its arguments name. */
    public static final class Other {
        private Other() {}

        public static void main(String[] arguments) {
            Optional<WorkLock> lock =
                    WorkLock.tryTake(Path.of(arguments[0]), Long.parseLong(arguments[1]), Long.parseLong(arguments[2]));
            Runtime.getRuntime().halt(lock.isPresent() ? 0 : 3);
        }
    }

    private static boolean anotherProcessGets(Path file, long first, long end) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Other.class.getName(),
                        file.toString(),
                        Long.toString(first),
                        Long.toString(end))
                .inheritIO()
                .start();
        assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isIn(0, 3);
        return process.exitValue() == 0;
    }

    @Test
    void stretchesThatOverlapExcludeEachOther() throws Exception {
        Path file = folder.resolve("lock");
        WorkLock left = WorkLock.tryTake(file, 0, HALF).orElseThrow();
        assertThat(WorkLock.tryTake(file, HALF - 1, HALF + 1)).isEmpty();
        assertThat(anotherProcessGets(file, HALF - 1, HALF + 1)).isFalse();
        assertThat(anotherProcessGets(file, HALF, WorkLock.WHOLE)).isTrue();

        WorkLock right = WorkLock.tryTake(file, HALF, WorkLock.WHOLE).orElseThrow();
        right.close();
        right.close();
        assertThat(anotherProcessGets(file, 0, 1))
                .as("the left half is still held after the right one was given up")
                .isFalse();
        left.close();
        assertThat(anotherProcessGets(file, 0, WorkLock.WHOLE)).isTrue();
    }

    @Test
    void theMomentIsKeptWhileStretchesAreTakenInIt() throws Exception {
        Path file = folder.resolve("lock");
        WorkLock taken = WorkLock.alone(file, () -> {
            WorkLock.tryTake(file, 0, WorkLock.WHOLE).orElseThrow().close();
            try {
                assertThat(anotherProcessGets(file, WorkLock.WHOLE, WorkLock.WHOLE + 1))
                        .as("the moment, a point behind the whole")
                        .isFalse();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
            return WorkLock.tryTake(file, 0, HALF).orElseThrow();
        });
        assertThat(anotherProcessGets(file, WorkLock.WHOLE, WorkLock.WHOLE + 1)).isTrue();
        assertThat(anotherProcessGets(file, 0, HALF))
                .as("kept behind the moment")
                .isFalse();
        taken.close();
    }
}
