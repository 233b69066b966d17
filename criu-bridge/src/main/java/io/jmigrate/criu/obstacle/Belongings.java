package io.jmigrate.criu.obstacle;

import io.jmigrate.criu.mapping.HostStream;
import io.jmigrate.criu.mapping.OpenFile;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What a dump of a container keeps with special care.
 *
 * @param connections TCP connections that its processes hold
 * @param locks of files
 * @param deletedFiles that are open and have no name any more
 * @param senders sockets that send datagrams to a Unix socket outside of it
 * @param ownTerminal whether its standard streams are a terminal of its own
 * @param outerStreams the numbers of the standard streams that lead out of it, ascending
 */
public record Belongings(
        long connections,
        long locks,
        long deletedFiles,
        long senders,
        boolean ownTerminal,
        List<Integer> outerStreams) {
    public Belongings {
        outerStreams = List.copyOf(outerStreams);
    }

    static Belongings of(ContainerView view, long locks) {
        Set<Long> connections = view.network().connections();
        return new Belongings(
                held(view, file -> file.isSocket() && connections.contains(file.inode())),
                locks,
                held(view, file -> file.isDeleted() && !FileChecks.isNameless(file)),
                view.unixPeers().sending(),
                FileChecks.ownTerminal(view).findAny().isPresent(),
                view.streams().stream().map(HostStream::number).sorted().toList());
    }

    /** One that several processes hold, or one process by several descriptors, counts once. */
    private static long held(ContainerView view, Predicate<OpenFile> kind) {
        record Identity(long device, long inode) {}
        return files(view)
                .filter(kind)
                .map(file -> new Identity(file.dev(), file.inode()))
                .distinct()
                .count();
    }

    private static Stream<OpenFile> files(ContainerView view) {
        return view.processes().stream().flatMap(process -> process.files().stream());
    }
}
