package sightline;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import sightline.answering.StudyCheckpoint;
import sightline.checkpoint.Checkpoint;
import sightline.family.Families;
import sightline.model.LoadOptions;

/** The order of the packages: each knows only those before it. */
class ArchitectureTest {
    /** The way of a sample. */
    private static final List<String> ORDER =
            List.of("files", "dataset", "answering", "scoring", "selection", "run", "statistics", "analysis", "figure");

    private static final JavaClasses STUDY = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> location.contains("/study/target/") || location.contains("sightline-study"))
            .importPackages("sightline");

    @Test
    void noStudyKnowsAModelFamily() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("sightline.mllama", "sightline.writing")
                .check(STUDY);
    }

    @Test
    void everyPackageHasItsPlace() {
        TreeSet<String> packages = new TreeSet<>();
        for (JavaClass type : STUDY) {
            packages.add(type.getPackageName().replaceFirst("sightline\\.", ""));
        }
        assertThat(packages).contains("dataset", "scoring", "selection").isSubsetOf(ORDER);
    }

    @Test
    void aPackageKnowsOnlyThoseBeforeIt() {
        for (int i = 0; i < ORDER.size(); i++) {
            for (int later = i + 1; later < ORDER.size(); later++) {
                noClasses()
                        .that()
                        .resideInAPackage("sightline." + ORDER.get(i))
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("sightline." + ORDER.get(later))
                        .allowEmptyShould(true)
                        .check(STUDY);
            }
        }
    }

    @Test
    void scoringNeedsNoModel() {
        noClasses()
                .that()
                .resideInAnyPackage("sightline.dataset", "sightline.scoring", "sightline.selection")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("sightline.tensor", "sightline.model", "sightline.knockout", "sightline.checkpoint")
                .check(STUDY);
    }

    /** Each opening hashes anew, and two of them need not be of the same files. */
    @Test
    void theStepsOfAStudyShareOneCheckpoint() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(StudyCheckpoint.class.getName())
                .should()
                .callMethod(Families.class, "open", Path.class)
                .orShould()
                .callMethod(Checkpoint.class, "fingerprint")
                .orShould()
                .callMethod(Checkpoint.class, "hashWeights")
                .orShould()
                .callMethod(Families.class, "load", Path.class, LoadOptions.class)
                .orShould()
                .callMethod(Families.class, "load", Checkpoint.class, LoadOptions.class)
                .orShould()
                .callMethod(
                        "sightline.answering.ProcessorFiles", "of", Path.class.getName(), LoadOptions.class.getName())
                .check(STUDY);
    }

    /** Arrays and names alone, so that any measure of anything can be handed in. */
    @Test
    void statisticsKnowNoDatasetAndNoRun() {
        noClasses()
                .that()
                .resideInAPackage("sightline.statistics")
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages("java..", "sightline.statistics", "sightline.draw")
                .check(STUDY);
    }

    @Test
    void onlyTheEngineTouchesNativeCode() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.bytedeco..")
                .check(STUDY);
    }

    @Test
    void aLibraryDoesNotPrintOrExit() {
        noClasses().should().accessField(System.class, "out").check(STUDY);
        noClasses().should().accessField(System.class, "err").check(STUDY);
        noClasses().should().callMethod(System.class, "exit", int.class).check(STUDY);
    }
}
