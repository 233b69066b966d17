package io.jmigrate.criu.mapping;

import com.google.protobuf.ByteString;
import io.jmigrate.criu.image.entry.FileEntry;
import io.jmigrate.criu.image.entry.UnixSocketEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Unix sockets of the host that a tree sends datagrams to. The images have them under the name that they were bound to on the
 * host, and at a restore CRIU connects to it in the container's mount namespace (criu/sk-unix.c, post_open_standalone): there a
 * socket that was mounted into the container has another.
 */
final class UnixPeers {
    /** Not the tree's (criu/sk-unix.c, USK_EXTERN). */
    private static final int EXTERNAL = 1;

    private UnixPeers() {}

    /**
     * Gives such a socket the name that it has in the container; anything else stays as it is.
     *
     * @param mounts what is mounted in the container from outside
     */
    static FileEntry renamed(FileEntry entry, List<ExternalMount> mounts) {
        if (!entry.hasUsk() || (entry.getUsk().getUflags() & EXTERNAL) == 0) {
            return entry;
        }
        UnixSocketEntry socket = entry.getUsk();
        String name = socket.getName().toString(StandardCharsets.ISO_8859_1);
        return inContainer(name, mounts)
                .map(found -> socket.toBuilder()
                        .setName(ByteString.copyFrom(found, StandardCharsets.ISO_8859_1))
                        .build())
                .map(found -> entry.toBuilder().setUsk(found).build())
                .orElse(entry);
    }

    /** Names end with a zero; an abstract one begins with it and stays. */
    private static Optional<String> inContainer(String name, List<ExternalMount> mounts) {
        if (!name.startsWith("/") || !name.endsWith("\0")) {
            return Optional.empty();
        }
        Path onHost = Path.of(name.substring(0, name.length() - 1));
        return mounts.stream()
                .filter(mount -> onHost.startsWith(resolved(mount.source())))
                .max(Comparator.comparing(mount -> resolved(mount.source()).getNameCount()))
                .map(mount -> Path.of(mount.mountPoint())
                                .resolve(resolved(mount.source()).relativize(onHost))
                                .normalize()
                        + "\0");
    }

    /** A server binds the socket's own name, whatever links the mount's source was named by. */
    private static Path resolved(Path source) {
        try {
            return source.toRealPath();
        } catch (IOException e) {
            return source; // it is gone
        }
    }
}
