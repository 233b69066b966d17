package io.jmigrate.criu.confine;

import io.jmigrate.criu.image.entry.CoreEntry;
import io.jmigrate.criu.image.entry.ResourceLimit;
import io.jmigrate.criu.image.entry.TaskCore;
import io.jmigrate.criu.image.entry.ThreadCore;
import io.jmigrate.runtime.config.Config;
import io.jmigrate.runtime.config.ProcessConfig;
import io.jmigrate.runtime.config.Scheduler;
import io.jmigrate.runtime.config.Scheduler.Policy;
import io.jmigrate.runtime.linux.Capability;
import io.jmigrate.runtime.linux.NamespaceKind;
import io.jmigrate.runtime.linux.RlimitResource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Limits, scores and priorities, which CRIU sets as root of the host. Whoever may do so itself may have any: for that a capability has to
 * be the host's, not one of a user namespace (capabilities(7)).
 *
 * <p>A limit that the bundle doesn't name is an excess only where it gives precedence over others of the host (nice values, real time).
 * The others a container has from whoever started it: an engine's differ from a shell's, and the kernel derives some from the size of the
 * memory (kernel/fork.c, fork_init). What they bound is bounded by the container's cgroup too: memory and the number of processes.
 */
final class ResourceExcesses {
    /** {@code SCHED_RESET_ON_FORK} of sched_setscheduler(2), which is told with the policy. */
    private static final int RESET_ON_FORK = 0x4000_0000;

    /** What the limit of nice values counts from (getrlimit(2)). */
    private static final long NICE_CEILING = 20;

    private final ProcessConfig process;
    private final boolean raises;
    private final boolean schedules;

    /** Those that are compared. */
    private final Map<RlimitResource, Long> hardLimits;

    private final int lowestScore;
    private final int lowestNice;

    ResourceExcesses(Config config, Surroundings surroundings) {
        process = config.process();
        boolean hosts = !config.namespaces().isPrivate(NamespaceKind.USER);
        raises = hosts && process.capabilities().have(Capability.CAP_SYS_RESOURCE);
        schedules = hosts && process.capabilities().have(Capability.CAP_SYS_NICE);
        hardLimits = new EnumMap<>(RlimitResource.class);
        hardLimits.putAll(surroundings.hardLimits());
        process.rlimits().forEach(limit -> hardLimits.put(limit.resource(), limit.hard()));
        lowestScore = process.oomScoreAdj().map(Long::intValue).orElse(Math.min(0, surroundings.oomScoreAdj()));
        int nice = process.scheduling().scheduler().map(Scheduler::nice).orElse(Math.min(0, surroundings.nice()));
        lowestNice = (int) Math.min(nice, NICE_CEILING - Math.min(limit(RlimitResource.NICE), 2 * NICE_CEILING));
    }

    /** Unsigned; unlimited counts as much. */
    private long limit(RlimitResource resource) {
        long limit = hardLimits.getOrDefault(resource, RlimitResource.INFINITY);
        return limit < 0 ? Long.MAX_VALUE : limit;
    }

    /** @param number of the thread, as the images count */
    List<Excess> of(String number, CoreEntry core) {
        List<Excess> excesses = new ArrayList<>();
        if (core.hasTc() && !raises) {
            limits("process " + number, core.getTc(), excesses);
            score("process " + number, core.getTc(), excesses);
        }
        if (!schedules) {
            scheduling("thread " + number, core.getThreadCore(), excesses);
        }
        return excesses;
    }

    private void limits(String who, TaskCore task, List<Excess> excesses) {
        List<ResourceLimit> limits = task.getRlimits().getRlimitsList();
        hardLimits.forEach((resource, most) -> {
            if (resource.number() >= limits.size()) {
                excesses.add(excess(who + " does not say what its " + resource.ociName() + " is"));
                return;
            }
            long limit = limits.get(resource.number()).getMax();
            if (Long.compareUnsigned(limit, most) > 0) {
                excesses.add(
                        excess(who + " has the " + resource.ociName() + " " + text(limit) + " and not " + text(most)));
            }
        });
    }

    private static String text(long limit) {
        return limit == RlimitResource.INFINITY ? "unlimited" : Long.toUnsignedString(limit);
    }

    private void score(String who, TaskCore task, List<Excess> excesses) {
        if (task.getOomScoreAdj() < lowestScore) {
            excesses.add(excess(who + " has the oom_score_adj " + task.getOomScoreAdj() + " and not " + lowestScore));
        }
    }

    private void scheduling(String who, ThreadCore thread, List<Excess> excesses) {
        int number = thread.getSchedPolicy() & ~RESET_ON_FORK;
        Optional<Policy> policy = Optional.of(number)
                .filter(each -> each >= 0 && each < Policy.values().length)
                .map(each -> Policy.values()[each]);
        if (policy.isEmpty() || !allows(policy.get(), thread.getSchedPrio())) {
            String named = policy.map(Policy::ociName).orElse("the policy " + Integer.toUnsignedString(number));
            String priority = thread.getSchedPrio() == 0
                    ? ""
                    : " of the priority " + Integer.toUnsignedString(thread.getSchedPrio());
            excesses.add(excess(who + " is scheduled by " + named + priority));
        }
        if (thread.getSchedNice() < lowestNice) {
            excesses.add(excess(who + " has the nice value " + thread.getSchedNice() + " and not " + lowestNice));
        }
    }

    private boolean allows(Policy policy, int priority) {
        Policy own = process.scheduling().scheduler().map(Scheduler::policy).orElse(Policy.OTHER);
        return switch (policy) {
            case IDLE -> true;
            case OTHER, BATCH, ISO -> own != Policy.IDLE;
            case FIFO, RR -> own == Policy.DEADLINE || Integer.toUnsignedLong(priority) <= highestPriority();
            case DEADLINE -> own == Policy.DEADLINE;
        };
    }

    /** Of those in real time: the bundle's, or what a process may give itself (sched(7)); 0 is none. */
    private long highestPriority() {
        int own = process.scheduling().scheduler().map(Scheduler::priority).orElse(0);
        return Math.max(own, limit(RlimitResource.RTPRIO));
    }

    private static Excess excess(String what) {
        return new Excess(ConfinedPart.RESOURCES, what);
    }
}
