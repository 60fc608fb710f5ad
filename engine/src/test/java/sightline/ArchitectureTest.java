package sightline;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The order of the packages: each knows only those before it. */
class ArchitectureTest {
    /** From the ground up; image and text stand side by side. */
    private static final List<String> ORDER = List.of(
            "error",
            "json",
            "draw",
            "region",
            "tensor",
            "device",
            "image",
            "template",
            "text",
            "knockout",
            "plan",
            "checkpoint",
            "model",
            "inside",
            "sweep",
            "llama",
            "mllama",
            "llava",
            "writing",
            "family");

    private static final JavaClasses ENGINE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("sightline");

    @Test
    void everyPackageHasItsPlace() {
        TreeSet<String> packages = new TreeSet<>();
        for (JavaClass type : ENGINE) {
            packages.add(type.getPackageName().replaceFirst("sightline\\.", ""));
        }
        assertThat(packages).containsExactlyInAnyOrderElementsOf(ORDER);
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
                        .check(ENGINE);
            }
        }
        noClasses()
                .that()
                .resideInAPackage("sightline.text")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("sightline.image", "sightline.tensor")
                .check(ENGINE);
    }

    @Test
    void whatRunsAModelWritesNone() {
        noClasses()
                .that()
                .resideOutsideOfPackages("sightline.writing", "sightline.family")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("sightline.writing")
                .check(ENGINE);
    }

    /** What is asked and what is planned are data and arithmetic over shapes. */
    @Test
    void askingAndPlanningKnowNoModelAndNoTensors() {
        noClasses()
                .that()
                .resideInAnyPackage("sightline.knockout", "sightline.plan")
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages(
                        "java..", "sightline.draw", "sightline.knockout", "sightline.plan", "sightline.text")
                .check(ENGINE);
    }

    @Test
    void onlyWhatOpensOrWritesCheckpointsKnowsAFamily() {
        String[] families = {"sightline.llama", "sightline.mllama", "sightline.llava"};
        noClasses()
                .that()
                .resideOutsideOfPackages(families)
                .and()
                .resideOutsideOfPackages("sightline.writing", "sightline.family")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(families)
                .check(ENGINE);
        noClasses()
                .that()
                .resideInAnyPackage(families)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("sightline.sweep")
                .check(ENGINE);
        noClasses()
                .that()
                .resideInAPackage("sightline.llava")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("sightline.mllama")
                .check(ENGINE);
    }

    @Test
    void templatesKnowNothingElse() {
        noClasses()
                .that()
                .resideInAPackage("sightline.template")
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages("java..", "sightline.template")
                .check(ENGINE);
    }

    @Test
    void imageAndTextKnowNoTensors() {
        noClasses()
                .that()
                .resideInAnyPackage("sightline.image", "sightline.text", "sightline.error")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.bytedeco..")
                .check(ENGINE);
    }

    @Test
    void aLibraryDoesNotPrintOrExit() {
        noClasses().should().accessField(System.class, "out").check(ENGINE);
        noClasses().should().accessField(System.class, "err").check(ENGINE);
        noClasses().should().callMethod(System.class, "exit", int.class).check(ENGINE);
    }
}
