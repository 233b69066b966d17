package io.jmigrate.migration.plan;

import io.jmigrate.migration.plan.HostFacts.Kernel;
import io.jmigrate.runtime.linux.SecurityModule;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Whether a kernel has what a container uses.
 *
 * @param leaving the container
 * @param landing the host where it wants to go on
 * @param checks gets what was looked at
 */
record KernelChecks(Departure leaving, LandingFacts landing, Checks checks) {
    /** Keys of linux.resources in config.json, and the controller that each needs. */
    private static final Map<String, String> CONTROLLERS =
            Map.of("memory", "memory", "cpu", "cpu", "pids", "pids", "blockIO", "blkio", "hugepageLimits", "hugetlb");

    void add() {
        release();
        namespaces();
        controllers();
        if (!leaving.startsAnew()) {
            ofRestoredTree();
        }
    }

    /** A container that starts anew is made for the host as it is. */
    private void ofRestoredTree() {
        cgroupVersion();
        labels();
        filters();
        new LazyRestoreCheck(leaving, landing.host(), checks).add();
        monotonicClock();
    }

    private Kernel here() {
        return landing.host().kernel();
    }

    private void release() {
        String there = leaving.host().kernel().release();
        String here = here().release();
        if (KernelRelease.isOlder(here, there)) {
            checks.note(
                    "kernel",
                    "its kernel is Linux " + here + ", older than the source's " + there
                            + ": what programs have found there they may not find here",
                    "boot the same kernel at both ends");
        } else {
            checks.passed("kernel", "Linux " + here + ", at the source " + there);
        }
    }

    private void namespaces() {
        Collection<String> unknown = Checks.missing(leaving.namespaces(), landing.namespaces());
        checks.require(
                "namespaces",
                unknown.isEmpty(),
                "its kernel has all kinds that the container has",
                "its kernel has no namespaces of the kind " + String.join(", ", unknown),
                "choose a node with another kernel");
    }

    private void cgroupVersion() {
        String there = leaving.host().kernel().cgroupMode();
        checks.require(
                "cgroup version",
                there.equals(here().cgroupMode()),
                "both have " + there,
                "its cgroups are " + here().cgroupMode() + ", those of the source " + there,
                "boot both nodes with the same version");
    }

    private void controllers() {
        Set<String> needed = new TreeSet<>();
        leaving.config().path("linux").path("resources").fieldNames().forEachRemaining(key -> {
            if (CONTROLLERS.containsKey(key)) {
                needed.add(CONTROLLERS.get(key));
            }
        });
        Collection<String> lacking = Checks.missing(needed, here().controllers());
        checks.require(
                "cgroup controllers",
                lacking.isEmpty(),
                "its kernel has those of all limits in the config",
                "its kernel lacks the controllers of limits in the config: " + String.join(", ", lacking),
                "enable them there");
    }

    /** CRIU gives each process the label that it had, and fails where it can't (criu/lsm.c). */
    private void labels() {
        String lacking = Checks.missing(leaving.needs().labels(), here().securityModules()).stream()
                .map(SecurityModule::title)
                .collect(Collectors.joining(", "));
        checks.require(
                "security labels",
                lacking.isEmpty(),
                "its kernel gives those that the container's processes have",
                "the container's processes have labels of " + lacking + ", which its kernel does not use",
                "run the container without such labels, or boot that node with the module");
    }

    private void filters() {
        boolean ownNetwork = leaving.namespaces().contains("network");
        checks.require(
                "nftables",
                !ownNetwork || here().features().contains(KernelFeature.NFTABLES),
                "the container's network can be kept still until it is restored",
                "its kernel has no nftables, by which the container's network is kept still until it is restored",
                "load the module nf_tables there, or boot a kernel that has it");
    }

    /** CRIU has a restored tree's monotonic clock go on by a time namespace, whether it had one or not (criu/cr-restore.c). */
    private void monotonicClock() {
        String subject = "monotonic clock";
        long behindMillis = leaving.needs().monotonicMillis() - landing.monotonicMillis();
        if (here().features().contains(KernelFeature.TIME_NAMESPACES)) {
            checks.passed(subject, "the container's goes on from what it shows");
        } else if (behindMillis > 0) {
            checks.note(
                    subject,
                    "its kernel has no time namespaces, so that the container's monotonic clock jumps back by "
                            + behindMillis / 1000 + " s",
                    "choose a node whose kernel has time namespaces (Linux 5.6), or one that has been up for longer");
        } else {
            checks.passed(subject, "the container's jumps ahead by " + -behindMillis / 1000 + " s");
        }
    }
}
