package sightline.training;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The world knows nothing of training; neither prints nor ends the process. */
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("sightline.world", "sightline.training");

    @Test
    void theWorldKnowsNoTensorsModelsOrTraining() {
        noClasses()
                .that()
                .resideInAPackage("sightline.world")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.bytedeco..",
                        "sightline.tensor",
                        "sightline.checkpoint",
                        "sightline.writing",
                        "sightline.text",
                        "sightline.model",
                        "sightline.knockout",
                        "sightline.training")
                .check(CLASSES);
    }

    @Test
    void theLibraryNeitherPrintsNorExits() {
        noClasses().should().accessField(System.class, "out").check(CLASSES);
        noClasses().should().accessField(System.class, "err").check(CLASSES);
        noClasses().should().callMethod(System.class, "exit", int.class).check(CLASSES);
    }
}
