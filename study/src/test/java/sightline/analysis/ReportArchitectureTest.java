package sightline.analysis;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import org.junit.jupiter.api.Test;

/** Results, what they say, how they look: each knows only what is before it. */
class ReportArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("sightline.run", "sightline.analysis", "sightline.figure");

    @Test
    void resultsKnowNothingOfWhatIsMadeOfThem() {
        ArchRuleDefinition.noClasses()
                .that()
                .resideInAPackage("sightline.run")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("sightline.analysis", "sightline.figure")
                .check(CLASSES);
        ArchRuleDefinition.noClasses()
                .that()
                .resideInAPackage("sightline.analysis")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("sightline.figure", "java.awt..", "org.apache.pdfbox..")
                .check(CLASSES);
    }

    @Test
    void nothingPrintsOrExits() {
        ArchRuleDefinition.noClasses().should().accessField(System.class, "out").check(CLASSES);
        ArchRuleDefinition.noClasses().should().accessField(System.class, "err").check(CLASSES);
        ArchRuleDefinition.noClasses()
                .should()
                .callMethod(System.class, "exit", int.class)
                .check(CLASSES);
    }
}
