package sightline.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class StrictJsonTest {
    @Test
    void reasonsAreWordsNotNamesOfClasses() {
        assertThat(StrictJson.reason(new AccessDeniedException("a.json"))).isEqualTo("permission denied");
        assertThat(StrictJson.reason(new NoSuchFileException("a.json"))).isEqualTo("does not exist");
        assertThat(StrictJson.reason(new FileSystemException("a.json", null, "No space left on device")))
                .isEqualTo("No space left on device");
        assertThat(StrictJson.reason(new IOException("Is a directory"))).isEqualTo("Is a directory");
    }
}
