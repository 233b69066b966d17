package io.jmigrate.migration.plan;

import io.jmigrate.migration.plan.Check.End;
import io.jmigrate.migration.plan.LandingFacts.Place;
import java.util.List;
import java.util.stream.Collectors;

/** Whether a container that runs at one host can go on at another, by the facts of both: all that stands against it, together. */
public final class Preflight {
    private static final int NAMED_PIDS_MAX = 10;

    private final Departure leaving;
    private final LandingFacts landing;
    private final Checks checks = new Checks(End.DESTINATION);

    private Preflight(Departure leaving, LandingFacts landing) {
        this.leaving = leaving;
        this.landing = landing;
    }

    /**
     * @param leaving the container at its source
     * @param landing the host where it wants to go on
     * @return every check, those that it passed too
     */
    public static List<Check> of(Departure leaving, LandingFacts landing) {
        return new Preflight(leaving, landing).all();
    }

    private List<Check> all() {
        programs();
        new KernelChecks(leaving, landing, checks).add();
        RoomChecks room = new RoomChecks(leaving.size(), landing.room(), checks);
        if (leaving.startsAnew()) {
            room.addDisk();
        } else {
            room.add();
        }
        new NetworkChecks(leaving, landing.network(), checks).add();
        place(landing.place());
        terminal();
        return checks.all();
    }

    private void programs() {
        HostFacts source = leaving.host();
        HostFacts here = landing.host();
        checks.require(
                "architecture",
                source.arch().equals(here.arch()),
                "both machines are of the type " + here.arch(),
                "it is a machine of the type " + here.arch() + ", the source " + source.arch(),
                "choose a node of the same type");
        if (leaving.startsAnew()) {
            return; // it finds out what there is, and nobody dumps it
        }
        new ProcessorCheck(source.cpuFeatures(), here.cpuFeatures(), checks).add();
        String version = here.criu().version();
        checks.require(
                "CRIU",
                source.criu().version().equals(version),
                "both have version " + version,
                "it has CRIU " + version + ", the source " + source.criu().version(),
                "install the same version at both ends; or have the container start anew, which needs no CRIU: --mode restart");
    }

    private void place(Place place) {
        place.obstructions().forEach(each -> checks.blocker("place", each, "remove it there first"));
        if (place.obstructions().isEmpty()) {
            checks.passed("place", "nothing is in the container's place");
        }
        checks.require(
                "root filesystem",
                place.rootfs().isEmpty(),
                "it gets what the container has",
                place.rootfs(),
                "have the same content at the same path, let the node use it with --allow-mount, or take --rootfs copy");
        checks.require(
                "mount sources",
                place.absentMounts().isEmpty(),
                "all that the container mounts is there",
                "what the container mounts of its host does not exist: " + String.join(", ", place.absentMounts()),
                "make it there, with the content that the container needs");
        if (leaving.startsAnew()) {
            return;
        }
        String taken = place.takenPids().stream()
                .limit(NAMED_PIDS_MAX)
                .map(String::valueOf)
                .collect(Collectors.joining(", ", "", place.takenPids().size() > NAMED_PIDS_MAX ? ", …" : ""));
        checks.require(
                "process numbers",
                place.takenPids().isEmpty(),
                "no other process has those of the container",
                "other processes have the numbers that those of the container have in their host's PID namespace: "
                        + taken,
                "give the container a PID namespace of its own, or end those processes");
    }

    /** A restore needs somebody who takes the other end of it. */
    private void terminal() {
        checks.require(
                "terminal",
                !leaving.config().path("process").path("terminal").asBoolean(),
                "the container has none",
                "nobody is there who could take over the container's terminal",
                "run the container without a terminal (process.terminal)");
    }
}
