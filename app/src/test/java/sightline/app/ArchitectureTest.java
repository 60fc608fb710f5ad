package sightline.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
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
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import sightline.answering.StudyCheckpoint;
import sightline.error.InputFile;
import sightline.family.Families;
import sightline.model.LoadOptions;

/** What each package of this module must not know; package-info.java says the same in words. */
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPath(Path.of(System.getProperty("basedir"), "target", "classes"));

    /** Of the modules below, without what they lend to the tests of this one. */
    private static JavaClasses project() {
        return new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .withImportOption(location -> !location.contains("-tests.jar"))
                .importPackages("sightline");
    }

    @Test
    void theNativeEngineStaysInsideTheEngine() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.bytedeco..")
                .check(CLASSES);
    }

    /** What a person types is one package; below are what commands share, above the entry point alone. */
    @Test
    void commandsKnowWhatTheyShareButNotEachOther() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .ensureAllClassesAreContainedInArchitecture()
                .layer("terminal")
                .definedBy("sightline.terminal")
                .layer("console")
                .definedBy("sightline.console")
                .layer("option")
                .definedBy("sightline.option")
                .layer("measure")
                .definedBy("sightline.measure")
                .layer("ask")
                .definedBy("sightline.ask")
                .layer("explore")
                .definedBy("sightline.explore")
                .layer("cuda")
                .definedBy("sightline.cuda")
                .layer("check")
                .definedBy("sightline.check")
                .layer("bench")
                .definedBy("sightline.bench")
                .layer("report")
                .definedBy("sightline.report")
                .layer("study")
                .definedBy("sightline.study")
                .layer("demo")
                .definedBy("sightline.demo")
                .layer("app")
                .definedBy("sightline.app")
                .whereLayer("console")
                .mayOnlyBeAccessedByLayers(
                        "option", "ask", "explore", "cuda", "check", "bench", "report", "study", "demo", "app")
                .whereLayer("option")
                .mayOnlyBeAccessedByLayers("ask", "explore", "cuda", "check", "bench", "report", "study", "demo", "app")
                .whereLayer("measure")
                .mayOnlyBeAccessedByLayers("bench")
                .whereLayer("ask") // the explorer asks what the command asks
                .mayOnlyBeAccessedByLayers("explore", "app")
                .whereLayer("explore")
                .mayOnlyBeAccessedByLayers("app")
                .whereLayer("cuda") // a check of the machine says what it found
                .mayOnlyBeAccessedByLayers("check", "app")
                .whereLayer("check")
                .mayOnlyBeAccessedByLayers("app")
                .whereLayer("bench")
                .mayOnlyBeAccessedByLayers("app")
                .whereLayer("report") // a study ends with one
                .mayOnlyBeAccessedByLayers("study", "demo", "app")
                .whereLayer("study") // the demo is three of them
                .mayOnlyBeAccessedByLayers("demo", "app")
                .whereLayer("demo")
                .mayOnlyBeAccessedByLayers("app")
                .whereLayer("app")
                .mayNotBeAccessedByAnyLayer()
                .check(CLASSES);
    }

    @Test
    void whatIsMeasuredKnowsNoCommandLine() {
        noClasses()
                .that()
                .resideInAPackage("sightline.measure")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("picocli..", "sightline.console", "sightline.option", "sightline.terminal")
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
                        "sightline.console",
                        "sightline.option",
                        "sightline.model",
                        "sightline.tensor",
                        "sightline.checkpoint",
                        "sightline.image",
                        "sightline.text")
                .check(CLASSES);
    }

    /** A model is known by its shape, rules, processor and decoder. */
    @Test
    void noCommandKnowsAModelFamily() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("sightline.mllama", "sightline.writing")
                .check(CLASSES);
    }

    /** So that whoever reads a name knows which class it is; nested ones are read with what they are nested in. */
    @Test
    void aNameMeansOneThingInTheWholeProject() {
        Map<String, List<String>> packages = project().stream()
                .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
                .collect(Collectors.groupingBy(
                        JavaClass::getSimpleName, Collectors.mapping(JavaClass::getPackageName, Collectors.toList())));
        packages.values().removeIf(places -> places.size() == 1);
        assertThat(packages).isEmpty();
    }

    /** Classes that open files, but none that a user could give in its place. */
    private static final Set<String> OWN_FILES = Set.of(
            "sightline.measure.MemoryWatch", // /proc
            "sightline.tensor.NativeEngine", // /proc
            "sightline.device.CudaDriver", // /proc
            "sightline.device.SearchPlaces", // ld.so's
            "sightline.checkpoint.Fingerprint", // files that were opened before
            "sightline.checkpoint.HashCache", // asks by itself
            "sightline.writing.SafetensorsWriter", // made anew
            "sightline.files.Folders", // folders
            "sightline.files.WholeFile", // made anew
            "sightline.files.Journal"); // read before it is written to

    @Test
    void whoeverOpensAFileAsksFirstWhetherItIsRegular() {
        JavaClasses all = project();
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
                .orShould()
                .callMethod(StudyCheckpoint.class, "open", Path.class, LoadOptions.class, List.class)
                .check(CLASSES);
        noClasses()
                .that()
                .haveSimpleNameEndingWith("Step")
                .or()
                .haveSimpleName("StudySteps")
                .should()
                .callMethod(Families.class, "load", Path.class, LoadOptions.class)
                .orShould()
                .callMethod(Families.class, "open", Path.class)
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
