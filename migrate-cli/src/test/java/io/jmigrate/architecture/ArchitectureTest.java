package io.jmigrate.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;

/** The rules that hold the modules apart, on all production classes. */
@AnalyzeClasses(packages = "io.jmigrate", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String[] BRIDGE = {
        "io.jmigrate.criu..", "io.jmigrate.pages..", "io.jmigrate.archive..", "io.jmigrate.migration.."
    };

    @ArchTest
    static final ArchRule commandsUseTheBridgeAndTheBridgeUsesTheRuntime = layeredArchitecture()
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
            .mayOnlyBeAccessedByLayers("commands");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("io.jmigrate.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule commandsWriteToTheirCallersStreams =
            GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

    @ArchTest
    static final ArchRule onlyTheKernelInterfaceMakesSystemCalls = noClasses()
            .that()
            .resideOutsideOfPackage("io.jmigrate.runtime.linux")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.lang.foreign..", "jnr..");

    @ArchTest
    static final ArchRule theJvmStartsNoProcess = noClasses()
            .should()
            .dependOnClassesThat()
            .areAssignableTo(ProcessBuilder.class)
            .orShould()
            .callMethod(Runtime.class, "exec", String[].class);

    @ArchTest
    static final ArchRule namesSayWhatAClassIs =
            noClasses().should().haveNameMatching(".*(Util|Utils|Helper|Helpers|Manager|Impl)(\\$.*)?");
}
