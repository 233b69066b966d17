package io.jmigrate.archive.layout;

import java.util.Optional;
import java.util.Set;

/** How an engine names the parts of an archive. */
public enum Layout {
    PODMAN(
            Optional.of("ctr.log"),
            Set.of("network.status", "devshm-checkpoint.tar", "deleted.files"),
            Set.of("artifacts", "volumes", "pre-checkpoint")),
    CRI_O(Optional.of("io.kubernetes.cri-o.LogPath"), Set.of("deleted.files", "bind.mounts"), Set.of()),
    CONTAINERD(Optional.of("container.log"), Set.of("status", "status.dump"), Set.of()),
    JMIGRATE(Optional.empty(), Set.of("network.status", "devshm-checkpoint.tar", "deleted.files"), Set.of("volumes"));

    private static final Set<String> EVERYWHERE =
            Set.of("config.dump", "spec.dump", "stats-dump", "dump.log", "rootfs-diff.tar", "checkpoint");
    private static final Set<String> LOGS = Set.of("ctr.log", "io.kubernetes.cri-o.LogPath", "container.log");

    private final Optional<String> log;
    private final Set<String> files;
    private final Set<String> directories;

    Layout(Optional<String> log, Set<String> files, Set<String> directories) {
        this.log = log;
        this.files = files;
        this.directories = directories;
    }

    /** The name under which a member of any archive stands in this one, none if it has no place in it. */
    public Optional<String> place(String member) {
        if (LOGS.contains(member)) {
            return log;
        }
        int slash = member.indexOf('/');
        String top = slash < 0 ? member : member.substring(0, slash);
        boolean known = EVERYWHERE.contains(top) || directories.contains(top) || files.contains(member);
        return known ? Optional.of(member) : Optional.empty();
    }

    /** Whether its containers come from an image, and the archive has to say which. */
    public boolean needsImage() {
        return this != JMIGRATE;
    }
}
