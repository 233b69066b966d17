package io.jmigrate.migration.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jmigrate.migration.plan.LandingFacts.Space;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PreflightTest {
    private static final long MIB = 1L << 20;
    private static final ContainerSize SIZE = new ContainerSize(100 * MIB, 500 * MIB, 10);
    private static final HostFacts HOST = new HostFacts(
            "amd64", "6.18", "4.2.1", List.of("avx2", "bmi2", "sse4_2"), "v2", List.of("cpu", "memory", "pids"));
    private static final String CONFIG = """
            {"annotations": {"io.jmigrate.network":
                "{\\"interfaces\\": [{\\"name\\": \\"eth0\\", \\"bridge\\": \\"jm0\\", \\"address\\": [\\"10.88.0.5/24\\"]}]}"},
             "linux": {"namespaces": [{"type": "pid"}, {"type": "network"}],
                       "resources": {"memory": {"limit": 1}, "pids": {"limit": 1}, "devices": []}}}
            """;

    private final HostFacts host = HOST;
    private long available = 200 * MIB;
    private Space images = new Space(Path.of("/dev/shm"), 100 * MIB);
    private Space storage = new Space(Path.of("/srv"), 500 * MIB);
    private Set<String> bridges = Set.of("jm0", "lo");
    private Set<String> namespaces = Set.of("pid", "network", "mount");
    private List<String> obstructions = List.of();

    private List<String> problems(HostFacts source, HostFacts here) {
        LandingFacts facts = new LandingFacts(here, available, images, storage, bridges, namespaces, obstructions);
        return Preflight.of(source, config(CONFIG), SIZE, facts).stream()
                .filter(check -> !check.passed())
                .map(Check::sentence)
                .toList();
    }

    private static JsonNode config(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private List<String> problems() {
        return problems(HOST, host);
    }

    private static HostFacts facts(
            String arch, String criu, List<String> features, String mode, List<String> controllers) {
        return new HostFacts(arch, "6.1", criu, features, mode, controllers);
    }

    @Test
    void findsNothingAtAHostLikeTheSourceWithJustEnoughRoom() {
        assertThat(problems()).isEmpty();
        LandingFacts facts = new LandingFacts(host, available, images, storage, bridges, namespaces, obstructions);
        assertThat(Preflight.of(HOST, config(CONFIG), SIZE, facts))
                .extracting(Check::subject)
                .doesNotHaveDuplicates()
                .contains("processor", "memory", "disk", "network bridges", "CRIU", "place");
    }

    @Test
    void reportsEverythingTogetherEachWithItsNodeAndARemedy() {
        available = 0;
        images = new Space(Path.of("/dev/shm"), 0);
        storage = new Space(Path.of("/srv"), 0);
        bridges = Set.of();
        namespaces = Set.of();
        obstructions = List.of("there is one already", "the directory exists");
        assertThat(problems(HOST, facts("aarch64", "4.1", List.of(), "v1", List.of())))
                .hasSize(12)
                .allSatisfy(problem ->
                        assertThat(problem).startsWith("at the destination: ").endsWith(")"));
    }

    @Test
    void leavesDevicesOfTheSourceWhereTheyAre() {
        LandingFacts facts = new LandingFacts(host, available, images, storage, bridges, namespaces, obstructions);
        JsonNode config = config("{\"linux\": {\"netDevices\": {\"ens4\": {\"name\": \"eth0\"}, \"ens5\": {}}}}");
        assertThat(Preflight.of(HOST, config, SIZE, facts))
                .filteredOn(check -> !check.passed())
                .extracting(Check::sentence)
                .containsExactly("at the destination: it does not have the devices of the source's that the container"
                        + " uses: ens4, ens5 (give the container interfaces by the annotation io.jmigrate.network)");
    }

    @Test
    void namesTheProcessorFeaturesThatAreMissing() {
        HostFacts old = facts("amd64", "4.2.1", List.of("sse4_2"), "v2", HOST.controllers());
        assertThat(problems(HOST, old))
                .singleElement()
                .asString()
                .contains("lacks what programs at the source may use: avx2 bmi2");
        assertThat(problems(old, HOST)).isEmpty();
    }

    @Test
    void comparesCriuAndCgroups() {
        assertThat(problems(HOST, facts("amd64", "4.3", HOST.cpuFeatures(), "v2", HOST.controllers())))
                .singleElement()
                .asString()
                .contains("it has CRIU 4.3, the source 4.2.1");
        assertThat(problems(HOST, facts("amd64", "4.2.1", HOST.cpuFeatures(), "hybrid", HOST.controllers())))
                .singleElement()
                .asString()
                .contains("its cgroups are hybrid, those of the source v2");
    }

    @Test
    void needsOnlyTheControllersThatTheConfigUses() {
        HostFacts few = facts("amd64", "4.2.1", HOST.cpuFeatures(), "v2", List.of("memory"));
        assertThat(problems(HOST, few)).singleElement().asString().contains("limits in the config: pids (");
    }

    @Test
    void wantsRoomForTheImagesAndForTheProcessesToo() {
        images = new Space(Path.of("/dev/shm"), 100 * MIB - 1);
        assertThat(problems())
                .containsExactly("at the destination: /dev/shm has 100 MiB free, the container's memory takes 100 MiB"
                        + " (make room there)");
        images = new Space(Path.of("/dev/shm"), 100 * MIB);
        available = 199 * MIB;
        assertThat(problems())
                .containsExactly("at the destination: 199 MiB of memory are available, the restore needs 200 MiB"
                        + " (end other programs there)");
    }

    @Test
    void wantsRoomForTheRootFilesystem() {
        storage = new Space(Path.of("/srv"), 3 * MIB);
        assertThat(problems())
                .containsExactly(
                        "at the destination: /srv has 3 MiB free, the container's root filesystem takes 500 MiB"
                                + " (make room there)");
    }

    @Test
    void namesTheBridgeAndTheNamespaceThatAreMissing() {
        bridges = Set.of("jm1");
        namespaces = Set.of("network");
        assertThat(problems())
                .hasSize(2)
                .anySatisfy(problem -> assertThat(problem).contains("there is no bridge jm0"))
                .anySatisfy(problem -> assertThat(problem).contains("no namespaces of the kind pid"));
    }

    /** Sizes come from the peer. */
    @Test
    void isNotDeceivedByASizeThatOverflows() {
        LandingFacts facts = new LandingFacts(host, available, images, storage, bridges, namespaces, obstructions);
        ContainerSize huge = new ContainerSize(Long.MAX_VALUE, Long.MAX_VALUE, 1);
        assertThat(Preflight.of(HOST, config(CONFIG), huge, facts).stream().filter(check -> !check.passed()))
                .extracting(Check::subject)
                .containsExactly("memory for images", "memory", "disk");
    }

    @Test
    void asksForNothingThatAConfigDoesNotName() {
        LandingFacts bare = new LandingFacts(host, available, images, storage, Set.of(), Set.of(), List.of());
        assertThat(Preflight.of(HOST, config("{}"), SIZE, bare)).allMatch(Check::passed);
    }
}
