package sightline.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import sightline.error.InputException;

class RunNamesTest {
    private static List<String> names(String... folders) {
        return RunNames.of(Stream.of(folders).map(Path::of).toList());
    }

    @Test
    void theShortestEndThatTellsThemApart() {
        assertThat(names("/x/vqa", "/x/doc")).containsExactly("vqa", "doc");
        assertThat(names("/x/a/run", "/x/b/run")).containsExactly("a/run", "b/run");
        assertThat(names("/x/a/run", "/y/a/run", "/y/k9")).containsExactly("x/a/run", "y/a/run", "k9");
        assertThat(names("/a/run", "/x/a/run")).containsExactly("/a/run", "x/a/run");
    }

    @Test
    void theRunOfAStudyIsCalledAfterTheStudy() {
        assertThat(names("studies/vqav2/run")).containsExactly("vqav2");
        assertThat(names("studies/vqav2/run", "runs/vqav2")).containsExactly("vqav2/run", "vqav2");
        assertThat(names("/run")).containsExactly("run");
    }

    @Test
    void theSameRunTwiceIsRefused() {
        assertThatThrownBy(() -> names("a/run", "b/run", "./a/run"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("./a/run: is given twice, also as a/run");
    }
}
