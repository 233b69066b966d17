package io.jmigrate.runtime.cgroup;

import io.jmigrate.runtime.config.Config;
import io.jmigrate.runtime.config.MountConfig;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.linux.MountFlag;
import io.jmigrate.runtime.linux.NamespaceKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/**
 * Lets a container make cgroups below its own: the runtime specification's "Cgroup ownership" (config-linux.md), as runC does it. The
 * limits of the container itself stay out of its reach.
 */
final class Delegation {
    /** Where the kernel names the files that may be given away (cgroup-v2.rst, "Delegation"); it has not always done so. */
    private static final Path NAMED = Path.of("/sys/kernel/cgroup/delegate");

    private static final List<String> ALWAYS = List.of("cgroup.procs", "cgroup.threads", "cgroup.subtree_control");
    private static final String PLACE = "/sys/fs/cgroup";

    private Delegation() {}

    /**
     * The user of the host who is to own the container's v2 cgroup: the one that its process has, if the process sees the cgroup as the
     * top of all and may write there.
     */
    static OptionalLong owner(Config config) {
        boolean writable = config.mounts().stream()
                .filter(MountConfig.CgroupTree.class::isInstance)
                .anyMatch(mount ->
                        mount.destination().equals(PLACE) && !mount.flags().contains(MountFlag.READ_ONLY));
        return writable && config.namespaces().isOwn(NamespaceKind.CGROUP)
                ? config.idMappings().hostUid(config.process().user().uid())
                : OptionalLong.empty();
    }

    /** @throws Failure IO, PERMISSION */
    static void give(Path cgroup, long uid) {
        chown(cgroup, uid);
        for (String file : files()) {
            if (Files.exists(cgroup.resolve(file))) {
                chown(cgroup.resolve(file), uid);
            }
        }
    }

    private static List<String> files() {
        try {
            return Files.readAllLines(NAMED);
        } catch (NoSuchFileException e) {
            return ALWAYS;
        } catch (IOException e) {
            throw Failure.of(RuntimeCode.IO, "cannot read " + NAMED + ": " + IoReason.of(e))
                    .withCause(e);
        }
    }

    private static void chown(Path file, long uid) {
        try {
            Files.setAttribute(file, "unix:uid", (int) uid);
        } catch (IOException e) {
            throw Failure.of(RuntimeCode.IO, "cannot give " + file + " to user " + uid + ": " + IoReason.of(e))
                    .withCause(e);
        }
    }
}
