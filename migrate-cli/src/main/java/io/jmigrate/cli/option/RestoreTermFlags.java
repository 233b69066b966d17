package io.jmigrate.cli.option;

import io.jmigrate.criu.request.LsmProfile;
import io.jmigrate.criu.request.RestoreTerms;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.spec.SpecChanges;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** What is to be other in a restored container than it was at the checkpoint, and how the restore goes. */
public final class RestoreTermFlags {
    private RestoreTerms terms = RestoreTerms.NONE;
    private SpecChanges changes = SpecChanges.NONE;
    private final Map<Path, Path> sources = new LinkedHashMap<>();
    private final SocketMoveFlags moves = new SocketMoveFlags();

    /** Adds the options. */
    public Declaration declare(Declaration verb) {
        return declareForMany(verb)
                .flag(
                        "--auto-dedup",
                        "Take memory out of the images as soon as it is restored: they are good for one restore.",
                        value -> terms = terms.withAutoDedup(value));
    }

    /** Adds those that make sense also if the checkpoint is restored several times. */
    public Declaration declareForMany(Declaration verb) {
        declareChanges(verb);
        return verb.flag(
                        "--verify-files",
                        "Compare size, type, mode and time of the last change of all open files with the checkpoint's, and refuse if any is"
                                + " different.",
                        value -> terms = terms.withVerifyFiles(value))
                .option(
                        "--timeout",
                        "SECONDS",
                        "End CRIU if it is so long without a sign of life (default: 3600).",
                        Numbers::seconds,
                        value -> terms = terms.withTimeout(value))
                .option(
                        "--lsm-profile",
                        "TYPE:NAME",
                        "The profile of AppArmor or context of SELinux that the processes get: apparmor:NAME, selinux:CONTEXT.",
                        LsmProfile::parse,
                        value -> terms = terms.withLsmProfile(value))
                .option(
                        "--lsm-mount-context",
                        "CONTEXT",
                        "The context of SELinux that mounts get which had one.",
                        text -> text,
                        value -> terms = terms.withLsmMountContext(value));
    }

    private void declareChanges(Declaration verb) {
        verb.repeated(
                "--remap-mount",
                "OLD=NEW",
                "Bind mounts that come from OLD (or below it) come from NEW; may be given more than once.",
                text -> Pair.of(text, Path::of),
                pair -> sources.put(pair.old(), pair.next()));
        moves.declare(verb)
                .option(
                        "--cgroup-parent",
                        "PATH",
                        "The cgroup (with --systemd-cgroup the slice) that the container's is to be in.",
                        text -> text,
                        value -> changes = changes.withCgroupParent(value))
                .option(
                        "--hostname",
                        "NAME",
                        "The container's host name from now on.",
                        text -> text,
                        value -> changes = changes.withHostname(value));
    }

    /**
     * What was given.
     *
     * @param resolved makes a path of the caller's absolute
     * @param connections whether other addresses are for connections with others, too
     */
    public RestoreTerms terms(UnaryOperator<Path> resolved, boolean connections) {
        SpecChanges all = changes;
        for (Map.Entry<Path, Path> source : sources.entrySet()) {
            all = all.withMountSource(
                    resolved.apply(source.getKey()).normalize(),
                    resolved.apply(source.getValue()).normalize());
        }
        return terms.withChanges(all).withMoves(moves.moves(connections));
    }

    /**
     * The same for a job, which has no config.json.
     *
     * @throws Failure USAGE
     */
    public RestoreTerms ofJob(boolean connections) {
        RestoreTerms all = terms(path -> path, connections);
        if (!all.changes().equals(SpecChanges.NONE)) {
            throw Failure.of(
                    OptionCode.USAGE,
                    "restore: --remap-mount, --cgroup-parent and --hostname are for containers: a job has no mounts, cgroups or host"
                            + " name of its own");
        }
        return all;
    }
}
