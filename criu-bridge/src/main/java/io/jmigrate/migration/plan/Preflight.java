package io.jmigrate.migration.plan;

import com.fasterxml.jackson.databind.JsonNode;
import io.jmigrate.migration.plan.Check.End;
import io.jmigrate.migration.plan.LandingFacts.Space;
import io.jmigrate.runtime.config.NetworkConfig;
import io.jmigrate.runtime.json.Problems;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Whether a container that runs at one host can go on at another, by the facts of both: all that stands against it, together. */
public final class Preflight {
    private static final long MIB = 1L << 20;
    /** Keys of linux.resources in config.json, and the controller that each needs. */
    private static final Map<String, String> CONTROLLERS =
            Map.of("memory", "memory", "cpu", "cpu", "pids", "pids", "blockIO", "blkio", "hugepageLimits", "hugetlb");

    private final List<Check> checks = new ArrayList<>();

    private Preflight() {}

    /**
     * @param source the host where it runs
     * @param config parsed config.json
     * @param size how much of it there is
     * @param landing the host where it wants to go on
     * @return every check, those that it passed too
     */
    public static List<Check> of(HostFacts source, JsonNode config, ContainerSize size, LandingFacts landing) {
        Preflight preflight = new Preflight();
        preflight.programs(source, landing.host());
        preflight.kernel(source, config, landing);
        preflight.room(size, landing);
        preflight.bridges(config, landing.bridges());
        preflight.devices(config);
        landing.obstructions().forEach(obstruction -> preflight.fails("place", obstruction, "remove it there first"));
        if (landing.obstructions().isEmpty()) {
            preflight.passes("place");
        }
        return List.copyOf(preflight.checks);
    }

    private void programs(HostFacts source, HostFacts here) {
        judge(
                "architecture",
                source.arch().equals(here.arch()),
                "it is a machine of the type " + here.arch() + ", the source " + source.arch(),
                "choose a node of the same type");
        Collection<String> lacking = missing(source.cpuFeatures(), here.cpuFeatures());
        judge(
                "processor",
                lacking.isEmpty(),
                "its processor lacks what programs at the source may use: " + String.join(" ", lacking),
                "choose a node with such a processor, or hide these features from the source's machine");
        judge(
                "CRIU",
                source.criu().equals(here.criu()),
                "it has CRIU " + here.criu() + ", the source " + source.criu(),
                "install the same version at both ends");
    }

    private void kernel(HostFacts source, JsonNode config, LandingFacts landing) {
        Set<String> kinds = new TreeSet<>();
        config.path("linux")
                .path("namespaces")
                .forEach(each -> kinds.add(each.path("type").asText()));
        Collection<String> unknown = missing(kinds, landing.namespaces());
        judge(
                "namespaces",
                unknown.isEmpty(),
                "its kernel has no namespaces of the kind " + String.join(", ", unknown),
                "choose a node with another kernel");
        HostFacts here = landing.host();
        judge(
                "cgroup version",
                source.cgroupMode().equals(here.cgroupMode()),
                "its cgroups are " + here.cgroupMode() + ", those of the source " + source.cgroupMode(),
                "boot both nodes with the same version");
        Set<String> needed = new TreeSet<>();
        config.path("linux").path("resources").fieldNames().forEachRemaining(key -> {
            if (CONTROLLERS.containsKey(key)) {
                needed.add(CONTROLLERS.get(key));
            }
        });
        Collection<String> controllers = missing(needed, here.controllers());
        judge(
                "cgroup controllers",
                controllers.isEmpty(),
                "its kernel lacks the controllers of limits in the config: " + String.join(", ", controllers),
                "enable them there");
    }

    /** Memory is there twice for a moment: as images, and as the processes that are restored of them. */
    private void room(ContainerSize size, LandingFacts landing) {
        room("memory for images", landing.images(), size.memoryBytes(), "the container's memory");
        long twice = 2 * Math.min(size.memoryBytes(), Long.MAX_VALUE / 2);
        judge(
                "memory",
                landing.memoryAvailableBytes() >= twice,
                mib(landing.memoryAvailableBytes()) + " of memory are available, the restore needs " + mib(twice),
                "end other programs there");
        room("disk", landing.storage(), size.rootfsBytes(), "the container's root filesystem");
    }

    private void room(String subject, Space space, long needed, String what) {
        judge(
                subject,
                space.freeBytes() >= needed,
                space.directory() + " has " + mib(space.freeBytes()) + " free, " + what + " takes " + mib(needed),
                "make room there");
    }

    private static String mib(long bytes) {
        return Math.ceilDiv(bytes, MIB) + " MiB";
    }

    /** The host's devices stay with the host. */
    private void devices(JsonNode config) {
        List<String> names = new ArrayList<>();
        config.path("linux").path("netDevices").fieldNames().forEachRemaining(names::add);
        judge(
                "network devices",
                names.isEmpty(),
                "it does not have the devices of the source's that the container uses: " + String.join(", ", names),
                "give the container interfaces by the annotation " + NetworkConfig.ANNOTATION);
    }

    private void bridges(JsonNode config, Set<String> present) {
        String annotation =
                config.path("annotations").path(NetworkConfig.ANNOTATION).asText("");
        Set<String> needed = new TreeSet<>();
        if (!annotation.isEmpty()) {
            NetworkConfig.parse(annotation, NetworkConfig.ANNOTATION, new Problems())
                    .ifPresent(network -> network.interfaces().forEach(each -> needed.add(each.bridge())));
        }
        Collection<String> absent = missing(needed, present);
        judge(
                "network bridges",
                absent.isEmpty(),
                "there is no bridge " + String.join(", ", absent) + ", which the container's network needs",
                "make it there, on the same network segment");
    }

    private static Collection<String> missing(Collection<String> needed, Collection<String> present) {
        Set<String> missing = new TreeSet<>(needed);
        missing.removeAll(Set.copyOf(present));
        return missing;
    }

    private void judge(String subject, boolean passed, String problem, String remedy) {
        if (passed) {
            passes(subject);
        } else {
            fails(subject, problem, remedy);
        }
    }

    private void passes(String subject) {
        checks.add(Check.passed(End.DESTINATION, subject));
    }

    private void fails(String subject, String problem, String remedy) {
        checks.add(new Check(End.DESTINATION, subject, problem, remedy));
    }
}
