package io.jmigrate.migration.plan;

import static io.jmigrate.migration.plan.Landing.HOST;
import static io.jmigrate.migration.plan.Landing.MIB;
import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.migration.plan.HostFacts.Criu;
import io.jmigrate.migration.plan.HostFacts.Kernel;
import io.jmigrate.migration.plan.LandingFacts.Network;
import io.jmigrate.migration.plan.LandingFacts.Place;
import io.jmigrate.runtime.linux.SecurityModule;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PreflightTest {
    private final Landing landing = new Landing();

    private String problem() {
        assertThat(landing.problems()).hasSize(1);
        return landing.problems().getFirst();
    }

    @Test
    void findsNothingAtAHostLikeTheSourceWithJustEnoughRoom() {
        assertThat(landing.problems()).isEmpty();
        assertThat(landing.checks())
                .extracting(Check::subject)
                .doesNotHaveDuplicates()
                .contains("processor", "memory", "disk", "network bridges", "addresses", "CRIU", "place", "ports")
                .contains("lazy restore", "nftables", "security labels", "mount sources", "process numbers");
        assertThat(landing.checks()).extracting(Check::finding).doesNotContain("");
    }

    @Test
    void looksForNothingThatARestoreNeedsIfItStartsAnew() {
        landing.startsAnew = true;
        landing.here = new HostFacts(
                "amd64",
                List.of(),
                Criu.NONE,
                new Kernel("6.18", Set.of(), "v1", List.of("memory", "cpu", "pids"), Set.of()));
        assertThat(landing.checks())
                .extracting(Check::subject)
                .contains("architecture", "disk", "network bridges", "addresses", "place", "ports", "mount sources")
                .contains("cgroup controllers", "namespaces", "terminal", "root filesystem")
                .doesNotContain("processor", "CRIU", "lazy restore", "nftables", "security labels", "memory")
                .doesNotContain("process numbers", "cgroup version", "monotonic clock", "memory for images");
        assertThat(landing.blockers()).isEmpty();
    }

    @Test
    void reportsEverythingTogetherEachWithItsNodeAndARemedy() {
        landing.here = new HostFacts(
                "aarch64", List.of(), new Criu("4.1", false), new Kernel("6.1", Set.of(), "v1", List.of(), Set.of()));
        landing.needs = new ContainerNeeds(
                Set.of(SecurityModule.APPARMOR), List.of(new Port("tcp", "0.0.0.0", 80)), List.of(7), 9_000, false);
        landing.room = Landing.room(0, 0, 0);
        landing.namespaces = Set.of();
        landing.network =
                new Network(Set.of(), Map.of("10.88.0.5", "this host"), List.of(new Port("tcp", "127.0.0.1", 80)));
        landing.place =
                new Place(List.of("there is one already", "the directory exists"), "no", List.of("/srv/x"), List.of(7));
        assertThat(landing.blockers()).hasSize(19).allSatisfy(problem -> assertThat(problem)
                .startsWith("at the destination: ")
                .endsWith(")"));
        assertThat(landing.problems()).hasSize(22);
    }

    @Test
    void leavesDevicesOfTheSourceWhereTheyAre() {
        landing.config = Landing.json("{\"linux\": {\"namespaces\": [{\"type\": \"pid\"}],"
                + " \"netDevices\": {\"ens4\": {\"name\": \"eth0\"}, \"ens5\": {}}}}");
        assertThat(problem())
                .isEqualTo("at the destination: it does not have the devices of the source's that the container"
                        + " uses: ens4, ens5 (give the container interfaces by the annotation io.jmigrate.network)");
    }

    @Test
    void namesTheProcessorFeaturesThatAreMissing() {
        HostFacts old = new HostFacts("amd64", List.of("sse4_2"), HOST.criu(), HOST.kernel());
        landing.here = old;
        assertThat(problem()).contains("lacks what programs at the source may use: avx2 bmi2");
        landing.here = HOST;
        landing.source = old;
        assertThat(landing.problems()).isEmpty();
    }

    /** As a larger area of XSAVE than a program has found at its start is a danger to it. */
    @Test
    void notesRegistersThatTheSourceLacks() {
        landing.here = new HostFacts(
                "amd64", List.of("amx_tile", "avx2", "avx512f", "bmi2", "gfni", "sse4_2"), HOST.criu(), HOST.kernel());
        assertThat(problem()).contains("has registers that the source's lacks: amx_tile avx512f; a program");
        assertThat(landing.blockers()).isEmpty();
    }

    @Test
    void comparesTheVersionsOfCriu() {
        landing.here = new HostFacts("amd64", HOST.cpuFeatures(), new Criu("4.3", true), HOST.kernel());
        assertThat(problem()).contains("it has CRIU 4.3, the source 4.2.1");
    }

    @Test
    void wantsRoomForTheImagesAndForTheProcessesToo() {
        landing.room = Landing.room(200 * MIB, 100 * MIB - 1, 500 * MIB);
        assertThat(problem())
                .isEqualTo("at the destination: /dev/shm has 100 MiB free, the container's memory takes 100 MiB"
                        + " (make room there)");
        landing.room = Landing.room(199 * MIB, 100 * MIB, 500 * MIB);
        assertThat(problem())
                .isEqualTo("at the destination: 199 MiB of memory are available, the restore needs 200 MiB"
                        + " (end other programs there)");
    }

    @Test
    void wantsRoomForTheRootFilesystem() {
        landing.room = Landing.room(200 * MIB, 100 * MIB, 3 * MIB);
        assertThat(problem())
                .isEqualTo("at the destination: /srv has 3 MiB free, the container's root filesystem takes 500 MiB"
                        + " (make room there)");
    }

    /** Sizes come from the peer. */
    @Test
    void isNotDeceivedByASizeThatOverflows() {
        landing.size = new ContainerSize(Long.MAX_VALUE, Long.MAX_VALUE, 1, 0, 0);
        assertThat(landing.checks().stream().filter(Check::forbids))
                .extracting(Check::subject)
                .containsExactly("memory for images", "memory", "disk");
    }

    @Test
    void asksForNothingThatAConfigDoesNotName() {
        landing.config = Landing.json("{}");
        landing.network = new Network(Set.of(), Map.of(), List.of());
        landing.namespaces = Set.of();
        assertThat(landing.blockers()).isEmpty();
    }

    @Test
    void namesWhatIsAbsentAndWhatIsTakenInTheContainersPlace() {
        landing.place = new Place(List.of(), "", List.of("/srv/a", "/srv/b"), List.of());
        assertThat(problem()).contains("what the container mounts of its host does not exist: /srv/a, /srv/b (");
        landing.place = new Place(List.of(), "", List.of(), List.of(12, 13));
        assertThat(problem()).contains("other processes have the numbers", ": 12, 13 (");
        landing.place = new Place(List.of(), "it does not see it", List.of(), List.of());
        assertThat(problem()).contains("it does not see it (have the same content");
    }

    @Test
    void refusesATerminalThatNobodyWouldHold() {
        landing.config =
                Landing.json("{\"process\": {\"terminal\": true}, \"linux\": {\"namespaces\": [{\"type\": \"pid\"}]}}");
        assertThat(problem()).contains("the container's terminal (run the container without");
    }
}
