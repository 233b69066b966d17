package io.jmigrate.criu;

import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.runtime.cgroup.Cgroup;
import io.jmigrate.runtime.container.ContainerRecord;
import io.jmigrate.runtime.container.Containers;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import io.jmigrate.runtime.linux.Errno;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.LinuxException;
import io.jmigrate.runtime.linux.Processes;
import io.jmigrate.runtime.linux.TcpRepair;
import io.jmigrate.runtime.network.FilterTables;
import io.jmigrate.runtime.network.NetworkNamespace;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a CRIU that was killed during a dump has left of it in the container: TCP sockets in repair mode, which their program can't
 * read, and a table of nftables that drops their packets (criu/netfilter.c, nftables_get_table). A CRIU that ends by itself, also
 * because its client has died, leaves neither.
 *
 * @param cgroup the container's
 * @param network the container's, if the runtime holds it: in a network that others use, too, tables may be those of another dump
 */
public record AbandonedDump(Cgroup cgroup, Optional<NetworkNamespace> network) {
    /** CRIU's lock of a network namespace that it dumps (criu/net.c), and of connections in one that it doesn't. */
    private static final Pattern TABLES = Pattern.compile("CRIU(-.*)?");

    /** Gone meanwhile: the process, or its descriptor. */
    private static final Set<Errno> GONE = Set.of(Errno.ENOENT, Errno.ESRCH, Errno.EBADF);

    public AbandonedDump {
        Objects.requireNonNull(cgroup);
        Objects.requireNonNull(network);
    }

    /** Of a container that stands still. */
    public static AbandonedDump of(Containers containers, ContainerRecord container) {
        return of(containers.cgroup(container), container);
    }

    /** @param cgroup the container's */
    static AbandonedDump of(Cgroup cgroup, ContainerRecord container) {
        return new AbandonedDump(cgroup, container.networkNamespace().map(NetworkNamespace::new));
    }

    /**
     * Puts it right, so that the connections go on when the container is thawed; harmless if there is nothing. That CRIU must have
     * ended. First the sockets: none may meet a packet in repair mode.
     *
     * @throws Failure DUMP_FAILED, IO
     */
    public void undo() {
        endRepair(cgroup.processes());
        network.map(FilterTables::new).ifPresent(tables -> tables.names().stream()
                .filter(name -> TABLES.matcher(name).matches())
                .forEach(tables::delete));
    }

    /** Takes the sockets of processes out of repair mode. @throws Failure DUMP_FAILED */
    static void endRepair(Collection<Integer> pids) {
        pids.forEach(AbandonedDump::endRepair);
    }

    private static void endRepair(int pid) {
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc/" + pid + "/fd"))) {
            for (Path each : descriptors) {
                endRepair(pid, each);
            }
        } catch (NoSuchFileException e) {
            // the process has ended
        } catch (DirectoryIteratorException e) {
            if (Processes.find(pid).isPresent()) {
                throw failed(pid, e.getCause());
            } // else it has ended meanwhile
        } catch (IOException | LinuxException e) {
            throw failed(pid, e);
        }
    }

    private static Failure failed(int pid, Exception e) {
        return Failure.of(
                        CriuCode.DUMP_FAILED,
                        "cannot take the connections of process " + pid + " out of repair mode: " + IoReason.of(e))
                .withCause(e);
    }

    private static void endRepair(int pid, Path descriptor) throws IOException {
        try {
            if (!Files.readSymbolicLink(descriptor).toString().startsWith("socket:")) {
                return;
            }
            int number = Integer.parseInt(descriptor.getFileName().toString());
            try (Fd socket = Processes.descriptorOf(pid, number)) {
                if (TcpRepair.isOn(socket)) {
                    TcpRepair.end(socket);
                }
            }
        } catch (LinuxException e) {
            if (!GONE.contains(e.errno())) {
                throw e;
            }
        } catch (NoSuchFileException e) {
            // it was closed meanwhile
        }
    }
}
