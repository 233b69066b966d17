package io.jmigrate.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.Temporal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rules that hold the modules apart, on all production classes. */
class ArchitectureTest {
    private static final JavaClasses CLASSES =
            new ClassFileImporter(List.of(new DoNotIncludeTests())).importPackages("io.jmigrate");
    private static final String[] BRIDGE = {
        "io.jmigrate.criu..",
        "io.jmigrate.doctor..",
        "io.jmigrate.pages..",
        "io.jmigrate.archive..",
        "io.jmigrate.migration.."
    };

    @Test
    void commandsUseTheBridgeAndTheBridgeUsesTheRuntime() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("commands")
                .definedBy("io.jmigrate.cli..", "io.jmigrate.node..")
                .layer("bridge")
                .definedBy(BRIDGE)
                .layer("runtime")
                .definedBy("io.jmigrate.runtime..")
                .whereLayer("commands")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("bridge")
                .mayOnlyBeAccessedByLayers("commands")
                .check(CLASSES);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.jmigrate.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void commandsWriteToTheirCallersStreams() {
        GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(CLASSES);
    }

    @Test
    void onlyTheKernelInterfaceMakesSystemCalls() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.jmigrate.runtime.linux")
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(Linker.class, SymbolLookup.class)
                .orShould()
                .callMethod(System.class, "loadLibrary", String.class)
                .orShould()
                .callMethod(System.class, "load", String.class)
                .orShould()
                .dependOnClassesThat()
                .resideInAPackage("jnr..")
                .check(CLASSES);
    }

    @Test
    void theJvmStartsNoProcess() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ProcessBuilder.class)
                .orShould()
                .callMethod(Runtime.class, "exec", String[].class)
                .check(CLASSES);
    }

    /**
     * A clock that is set must end no lease, no patience and no wait. What is compared with it: how long a code for pairing is good, what was
     * made or begun first, and what journals tell of the past.
     */
    @Test
    void nothingWaitsByAClockThatCanBeSet() {
        noClasses()
                .that()
                .doNotHaveSimpleName("PairingCode")
                .and()
                .doNotHaveSimpleName("RecoverDeparture")
                .and()
                .resideOutsideOfPackage("io.jmigrate.migration.journal")
                .should()
                .callMethod(Instant.class, "isBefore", Instant.class)
                .orShould()
                .callMethod(Instant.class, "isAfter", Instant.class)
                .orShould()
                .callMethod(Duration.class, "between", Temporal.class, Temporal.class)
                .check(CLASSES);
    }

    @Test
    void namesSayWhatAClassIs() {
        noClasses()
                .should()
                .haveNameMatching(".*(Util|Utils|Helper|Helpers|Manager|Impl)(\\$.*)?")
                .check(CLASSES);
    }
}
