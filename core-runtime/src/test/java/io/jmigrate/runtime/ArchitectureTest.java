package io.jmigrate.runtime;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which package may know which. */
class ArchitectureTest {
    private static final String BASE = "io.jmigrate.runtime.";
    private static final JavaClasses CLASSES =
            new ClassFileImporter(List.of(new ImportOption.DoNotIncludeTests())).importPackages("io.jmigrate.runtime");

    @Test
    void hasNoCyclesAmongPackages() {
        slices().matching(BASE + "(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void keepsPackagesFromKnowingWhatStandsOnThem() {
        onlyKnows("failure");
        onlyKnows("json");
        onlyKnows("linux", "failure");
        onlyKnows("spec", "json", "failure");
        onlyKnows("seccomp", "failure", "linux");
        onlyKnows("config", "spec", "json", "failure", "linux", "seccomp");
        onlyKnows("validate", "config", "spec", "json", "failure", "linux", "seccomp");
        onlyKnows("plan", "config", "json", "failure", "linux", "launch", "seccomp", "wire");
    }

    @Test
    void callsTheKernelFromOnePackageOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackage(BASE + "linux..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.lang.foreign..", "jnr..")
                .check(CLASSES);
    }

    @Test
    void speaksDBusInOnePackageOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackage(BASE + "cgroup.systemd.bus")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.freedesktop..")
                .check(CLASSES);
    }

    private static void onlyKnows(String name, String... others) {
        String[] allowed = new String[others.length + 1];
        allowed[0] = BASE + name + "..";
        for (int i = 0; i < others.length; i++) {
            allowed[i + 1] = BASE + others[i] + "..";
        }
        noClasses()
                .that()
                .resideInAPackage(BASE + name + "..")
                .should()
                .dependOnClassesThat(resideInAPackage("io.jmigrate.runtime..").and(resideOutsideOfPackages(allowed)))
                .check(CLASSES);
    }
}
