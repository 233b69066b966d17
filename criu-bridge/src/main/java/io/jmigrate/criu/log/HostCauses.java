package io.jmigrate.criu.log;

import java.util.List;

/** Causes that lie in the host, in mounts and in the images. */
final class HostCauses {
    private static final String OTHER_CRIU = "install a newer CRIU, or name one: --criu FILE";
    private static final String SAME_FILES = "give the root filesystem as it was at the checkpoint";
    private static final String SAME_HOST = "restore on a host with the same processor and kernel features";

    static final List<KnownCause> ALL = List.of(
            KnownCause.of(
                    "Unexpected rt vDSO area bounds|kerndat_vdso_fill_symtable failed",
                    "this CRIU is too old for this kernel",
                    OTHER_CRIU),
            KnownCause.of(
                    "cpu: CPU (instruction|xfeatures)",
                    "the processor lacks what the program was started with",
                    SAME_HOST),
            KnownCause.of(
                    "unreachable sharing",
                    "a mount shares its events with one that is outside of the container",
                    "mount it private: the option rprivate"),
            KnownCause.of(
                    "mnt: No mapping for|doesn't have a proper root mount",
                    "a mount of the container is known neither to its config nor to CRIU",
                    "unmount what was mounted while the container ran, or add it to config.json"),
            KnownCause.of(
                    "Failed to open_tree \\S+: No such file",
                    "what is mounted into the container from the host is not there",
                    "see that what config.json mounts is there, or say where it is: --remap-mount OLD=NEW"),
            KnownCause.of(
                    "Can't stat mountpoint", "a directory on which the container has a mount is missing", SAME_FILES),
            KnownCause.of(
                    "mnt(-v2)?: Can't mount at",
                    "a filesystem of the container can't be mounted",
                    "see that what config.json mounts is there"),
            KnownCause.of(
                    "LSM specified but|mismatched lsm types",
                    "the images have a security label that this kernel does not use",
                    "restore on a host with the same security module"),
            KnownCause.of(
                    "uffd: Unable to open an userfaultfd",
                    "the kernel gives no userfaultfd",
                    "set the sysctl vm.unprivileged_userfaultfd, or use a kernel that has it"),
            KnownCause.of(
                    "uffd: connect to \\S+ failed",
                    "there is no criu lazy-pages that would give the memory",
                    "start criu lazy-pages with the image directory first, or leave out --lazy-pages"),
            KnownCause.of(
                    "Not supported images version",
                    "the images were written by a CRIU that this one does not understand",
                    OTHER_CRIU),
            KnownCause.of(
                    "[Mm]agic doesn't match|Unexpected EOF|Failed unpacking object|Read \\d+ bytes while \\d+ expected|Can't read pages data",
                    "an image is damaged, cut off or missing",
                    "copy the images again, or make a new checkpoint"),
            KnownCause.of(
                    "Cannot allocate memory|mapping with 0xfffffffffffffff4",
                    "there is not enough memory, or the container's limit is lower than at the checkpoint",
                    "make room, or raise the memory limit in config.json"));

    private HostCauses() {}
}
