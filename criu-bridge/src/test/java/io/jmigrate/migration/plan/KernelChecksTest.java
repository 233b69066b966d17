package io.jmigrate.migration.plan;

import static io.jmigrate.migration.plan.Landing.KERNEL;
import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.migration.plan.HostFacts.Criu;
import io.jmigrate.migration.plan.HostFacts.Kernel;
import io.jmigrate.runtime.linux.SecurityModule;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KernelChecksTest {
    private final Landing landing = new Landing();

    private Check problem() {
        List<Check> problems = landing.checks().stream()
                .filter(check -> check.result() != Check.Result.PASSED)
                .toList();
        assertThat(problems).hasSize(1);
        return problems.getFirst();
    }

    private void forbids(String words) {
        assertThat(problem().forbids()).isTrue();
        assertThat(problem().sentence()).contains(words);
    }

    private void notes(String words) {
        assertThat(problem().result()).isEqualTo(Check.Result.NOTE);
        assertThat(problem().sentence()).contains(words);
    }

    private static Kernel kernel(String release, String mode, List<String> controllers) {
        return new Kernel(release, KERNEL.features(), mode, controllers, Set.of());
    }

    @Test
    void comparesCgroups() {
        landing.here = Landing.with(kernel("6.18.5", "hybrid", KERNEL.controllers()));
        forbids("its cgroups are hybrid, those of the source v2");
    }

    @Test
    void needsOnlyTheControllersThatTheConfigUses() {
        landing.here = Landing.with(kernel("6.18.5", "v2", List.of("memory")));
        forbids("limits in the config: pids (");
    }

    @Test
    void namesTheNamespacesThatAreMissing() {
        landing.namespaces = Set.of("network");
        forbids("no namespaces of the kind pid");
    }

    @ParameterizedTest
    @CsvSource({
        "6.17.9, 6.18.1, true",
        "5.19, 6.1, true",
        "6.18.1, 6.18.5, false",
        "6.19, 6.18, false",
        "10.1, 9.20, false",
        "odd, 6.1, false",
        "6.1, odd, false"
    })
    void knowsTheOlderOfTwoKernels(String release, String than, boolean older) {
        assertThat(KernelRelease.isOlder(release, than)).isEqualTo(older);
    }

    @Test
    void notesAnOlderKernel() {
        landing.here = Landing.with(kernel("6.12.1", "v2", KERNEL.controllers()));
        notes("Linux 6.12.1, older than the source's 6.18.5");
    }

    @Test
    void wantsTheModulesWhoseLabelsTheProcessesHave() {
        landing.needs = new ContainerNeeds(Set.of(SecurityModule.APPARMOR), List.of(), List.of(), 0, false);
        forbids("labels of AppArmor, which its kernel does not use");
        landing.here = Landing.with(new Kernel(
                KERNEL.release(), KERNEL.features(), "v2", KERNEL.controllers(), Set.of(SecurityModule.APPARMOR)));
        assertThat(landing.problems()).isEmpty();
    }

    @Test
    void wantsNftablesForANetworkOfItsOwn() {
        landing.here = Landing.with(Landing.without(KernelFeature.NFTABLES));
        forbids("its kernel has no nftables");
        landing.config = Landing.json("{\"linux\": {\"namespaces\": [{\"type\": \"pid\"}]}}");
        assertThat(landing.problems()).isEmpty();
    }

    @Test
    void tellsThatTheDowntimeGrowsWithoutUserfaultfds() {
        landing.here = Landing.with(Landing.without(KernelFeature.USERFAULTFD));
        notes("its downtime grows with it: its kernel gives no userfaultfd");
        landing.size = new ContainerSize(31 * Landing.MIB, 1, 1, 0, 0);
        assertThat(landing.problems()).isEmpty();
    }

    @Test
    void tellsThatTheDowntimeGrowsIfCriuOrTheContainersNamespacesForbidALazyRestore() {
        landing.here = new HostFacts("amd64", landing.source.cpuFeatures(), new Criu("4.2.1", false), KERNEL);
        notes("its CRIU does not find what it needs for that");
        landing.here = landing.source;
        landing.namespaces = Set.of("pid", "user");
        landing.config = Landing.json("{\"linux\": {\"namespaces\": [{\"type\": \"pid\"}, {\"type\": \"user\"}]}}");
        notes("the container has a user namespace");
        landing.config = Landing.json("{}");
        notes("the container has no PID namespace of its own");
        landing.config = Landing.json("{\"linux\": {\"namespaces\": [{\"type\": \"pid\"}],"
                + " \"resources\": {\"memory\": {\"limit\": 110000000}}}}");
        notes("more than nine tenths of its limit");
    }

    @Test
    void aShadowStackHasToBeThereBeforeItsProgramRuns() {
        landing.needs = new ContainerNeeds(Set.of(), List.of(), List.of(), 0, true);
        notes("a program has a shadow stack");
        landing.memoryFollows = true;
        forbids("the container can't run there before all of its memory is in place: a program has a shadow stack");
    }

    @Test
    void tellsOfAMonotonicClockThatJumpsBackOnlyWhereTimeNamespacesDoNotPreventIt() {
        landing.needs = new ContainerNeeds(Set.of(), List.of(), List.of(), 90_000, false);
        landing.monotonicMillis = 20_000;
        assertThat(landing.problems()).isEmpty();
        landing.here = Landing.with(Landing.without(KernelFeature.TIME_NAMESPACES));
        notes("jumps back by 70 s");
        landing.monotonicMillis = 91_000;
        assertThat(landing.problems()).isEmpty();
    }
}
