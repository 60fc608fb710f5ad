package sightline.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import sightline.answering.StudyCheckpoint;
import sightline.checkpoint.Checkpoint;
import sightline.error.InputFile;
import sightline.model.LoadOptions;
import sightline.model.Mllama;

/** What each package of this module must not know; package-info.java says the same in words. */
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("sightline.app", "sightline.terminal");

    @Test
    void theNativeEngineStaysInsideTheEngine() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.bytedeco..")
                .check(CLASSES);
    }

    @Test
    void theTerminalKnowsNoOptionsAndNoModel() {
        noClasses()
                .that()
                .resideInAPackage("sightline.terminal")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "picocli..",
                        "sightline.app",
                        "sightline.model",
                        "sightline.tensor",
                        "sightline.checkpoint",
                        "sightline.image",
                        "sightline.text")
                .check(CLASSES);
    }

    /** Classes that open files, but none that a user could give in its place. */
    private static final Set<String> OWN_FILES = Set.of(
            "sightline.measure.MemoryWatch", // /proc
            "sightline.tensor.NativeEngine", // /proc
            "sightline.checkpoint.Fingerprint", // files that were opened before
            "sightline.checkpoint.HashCache", // asks by itself
            "sightline.checkpoint.SafetensorsWriter", // made anew
            "sightline.files.Folders", // folders
            "sightline.files.WholeFile", // made anew
            "sightline.files.Journal"); // read before it is written to

    @Test
    void whoeverOpensAFileAsksFirstWhetherItIsRegular() {
        JavaClasses all = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("sightline");
        List<String> opening = all.stream()
                .filter(type -> type.getAccessesFromSelf().stream().anyMatch(ArchitectureTest::opens))
                .map(JavaClass::getName)
                .toList();
        assertThat(opening).containsAll(OWN_FILES).hasSizeGreaterThan(OWN_FILES.size());
        assertThat(opening)
                .filteredOn(name -> !OWN_FILES.contains(name))
                .as("each of these calls InputFile.regular, or is among OWN_FILES")
                .allMatch(name -> all.get(name).getAccessesFromSelf().stream()
                        .anyMatch(call -> call.getTargetOwner().isEquivalentTo(InputFile.class)));
    }

    private static boolean opens(JavaAccess<?> call) {
        boolean files = call.getTargetOwner().isEquivalentTo(Files.class)
                && Set.of("readAllBytes", "readString", "readAllLines", "lines", "newInputStream", "newBufferedReader")
                        .contains(call.getName());
        return files
                || (call.getTargetOwner().isEquivalentTo(FileChannel.class)
                        && call.getName().equals("open"));
    }

    @Test
    void theStepsOfACommandShareOneCheckpoint() {
        noClasses()
                .that()
                .doNotHaveSimpleName("LazyModel")
                .and()
                .doNotHaveSimpleName("StudyCheckpoint")
                .should()
                .callMethod(StudyCheckpoint.class, "open", Path.class, LoadOptions.class)
                .check(CLASSES);
        noClasses()
                .that()
                .haveSimpleNameEndingWith("Step")
                .or()
                .haveSimpleName("StudySteps")
                .should()
                .callMethod(Mllama.class, "load", Path.class, LoadOptions.class)
                .orShould()
                .callMethod(Checkpoint.class, "open", Path.class)
                .check(CLASSES);
    }

    @Test
    void onlyTheEntryPointEndsTheProcess() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("sightline.app.Sightline")
                .should()
                .callMethod(System.class, "exit", int.class)
                .check(CLASSES);
    }

    @Test
    void standardStreamsAreReachedThroughTheConsoleAlone() {
        noClasses().should().accessField(System.class, "out").check(CLASSES);
        noClasses().should().accessField(System.class, "err").check(CLASSES);
    }
}
