package io.jmigrate.migration.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jmigrate.migration.plan.HostFacts.Criu;
import io.jmigrate.migration.plan.HostFacts.Kernel;
import io.jmigrate.migration.plan.LandingFacts.Network;
import io.jmigrate.migration.plan.LandingFacts.Place;
import io.jmigrate.migration.plan.LandingFacts.Room;
import io.jmigrate.migration.plan.LandingFacts.Space;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** A container and the host where it wants to land, which fit each other unless a test changes something. */
final class Landing {
    static final long MIB = 1L << 20;
    static final Kernel KERNEL =
            new Kernel("6.18.5", EnumSet.allOf(KernelFeature.class), "v2", List.of("cpu", "memory", "pids"), Set.of());
    static final HostFacts HOST =
            new HostFacts("amd64", List.of("avx2", "bmi2", "sse4_2"), new Criu("4.2.1", true), KERNEL);
    private static final String CONFIG = """
            {"annotations": {"io.jmigrate.network":
                "{\\"interfaces\\": [{\\"name\\": \\"eth0\\", \\"bridge\\": \\"jm0\\", \\"address\\": [\\"10.88.0.5/24\\", \\"fd00:0::5/64\\"]}]}"},
             "linux": {"namespaces": [{"type": "pid"}, {"type": "network"}],
                       "resources": {"memory": {"limit": 200000000}, "pids": {"limit": 1}, "devices": []}}}
            """;

    HostFacts source = HOST;
    HostFacts here = HOST;
    JsonNode config = json(CONFIG);
    ContainerSize size = new ContainerSize(100 * MIB, 500 * MIB, 10, 0, 0);
    ContainerNeeds needs = ContainerNeeds.NONE;
    Set<String> namespaces = Set.of("pid", "network", "mount");
    long monotonicMillis;
    NetworkTerms terms = NetworkTerms.KEEP;
    boolean startsAnew;
    boolean memoryFollows;
    Room room = room(200 * MIB, 100 * MIB, 500 * MIB);
    Network network = new Network(Set.of("jm0", "lo"), Map.of(), List.of());
    Place place = new Place(List.of(), "", List.of(), List.of());

    static Room room(long available, long images, long storage) {
        return new Room(available, new Space(Path.of("/dev/shm"), images), new Space(Path.of("/srv"), storage));
    }

    static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static HostFacts with(Kernel kernel) {
        return new HostFacts(HOST.arch(), HOST.cpuFeatures(), HOST.criu(), kernel);
    }

    static Kernel without(KernelFeature feature) {
        Set<KernelFeature> features = EnumSet.complementOf(EnumSet.of(feature));
        return new Kernel(
                KERNEL.release(), features, KERNEL.cgroupMode(), KERNEL.controllers(), KERNEL.securityModules());
    }

    List<Check> checks() {
        return Preflight.of(
                new Departure(source, config, size, needs, terms, memoryFollows, startsAnew),
                new LandingFacts(here, namespaces, monotonicMillis, room, network, place));
    }

    /** Sentences of those that were not passed. */
    List<String> problems() {
        return sentences(check -> check.result() != Check.Result.PASSED);
    }

    List<String> blockers() {
        return sentences(Check::forbids);
    }

    private List<String> sentences(Predicate<Check> wanted) {
        return checks().stream().filter(wanted).map(Check::sentence).toList();
    }
}
