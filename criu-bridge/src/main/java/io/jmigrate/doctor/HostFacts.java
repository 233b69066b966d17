package io.jmigrate.doctor;

import io.jmigrate.migration.wire.TlsEngine;
import io.jmigrate.runtime.linux.Capability;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What a host is like, as far as checkpoints and restores depend on it.
 *
 * @param criu that it has
 * @param machine its type, as the JVM names it
 * @param kernel of the host
 * @param cgroups which versions are mounted
 * @param user who is to make checkpoints
 * @param absentPrograms of those in {@link Program}, the ones that were not found
 * @param rooms where images go
 * @param criuKeepsFacts whether CRIU keeps what it has found out about the kernel: it does below /run, if that is a tmpfs (criu/kerndat.c)
 * @param tls what encrypts its connections to other nodes
 * @param service the pid of the warm service, if one runs
 * @param systemd whether systemd is the first process of the host (sd_booted(3))
 */
public record HostFacts(
        CriuFacts criu,
        String machine,
        Kernel kernel,
        CgroupLayout cgroups,
        User user,
        Set<Program> absentPrograms,
        List<Room> rooms,
        boolean criuKeepsFacts,
        TlsEngine tls,
        OptionalInt service,
        boolean systemd) {
    public HostFacts {
        Objects.requireNonNull(criu);
        absentPrograms = Set.copyOf(absentPrograms);
        rooms = List.copyOf(rooms);
    }

    /**
     * A kernel.
     *
     * @param release for example {@code 6.18.5}
     * @param userfaultfd whether this user may have one
     * @param writesNoted whether userfaultfds can note writes without anybody who answers
     * @param pagemapScan whether it has the ioctl PAGEMAP_SCAN
     * @param timeNamespaces whether it has them
     * @param nftables whether it has them; empty if it could not be asked
     * @param pipeBytesMax what a pipe may hold of who lacks CAP_SYS_RESOURCE (fs.pipe-max-size, pipe(7))
     */
    public record Kernel(
            String release,
            boolean userfaultfd,
            boolean writesNoted,
            boolean pagemapScan,
            boolean timeNamespaces,
            Optional<Boolean> nftables,
            long pipeBytesMax) {}

    /**
     * Whose command it is.
     *
     * @param uid effective, unsigned
     * @param capabilities the effective ones of the command's process, a mask
     */
    public record User(long uid, long capabilities) {
        boolean isRoot() {
            return uid == 0;
        }

        boolean has(Capability capability) {
            return (capabilities & capability.bit()) != 0;
        }
    }

    /**
     * A directory that images are written to.
     *
     * @param directory perhaps not made yet
     * @param purpose who writes there, as the end of a sentence
     * @param freeBytes what is free in its file system; empty if that can't be told
     */
    public record Room(Path directory, String purpose, OptionalLong freeBytes) {}
}
