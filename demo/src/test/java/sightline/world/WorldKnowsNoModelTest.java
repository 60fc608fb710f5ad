package sightline.world;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class WorldKnowsNoModelTest {
    private static final JavaClasses WORLD = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("sightline.world");

    @Test
    void itDependsOnNoTensorsModelsOrTraining() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.bytedeco..",
                        "sightline.tensor",
                        "sightline.model",
                        "sightline.knockout",
                        "sightline.training")
                .check(WORLD);
    }

    @Test
    void itNeitherPrintsNorExits() {
        noClasses().should().accessField(System.class, "out").check(WORLD);
        noClasses().should().accessField(System.class, "err").check(WORLD);
        noClasses().should().callMethod(System.class, "exit", int.class).check(WORLD);
    }
}
