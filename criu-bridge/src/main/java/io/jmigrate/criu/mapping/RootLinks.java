package io.jmigrate.criu.mapping;

import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.runtime.config.ContainerPath;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.json.JsonPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/** Follows symbolic links as a process would whose root is a root filesystem: never out of it. */
public final class RootLinks {
    /** The kernel's own limit (path_resolution(7)). */
    private static final int LINKS_MAX = 40;

    private final Path rootfs;

    /** @param rootfs on the host */
    public RootLinks(Path rootfs) {
        this.rootfs = rootfs;
    }

    /**
     * The path without links, as far as it exists; the rest is kept as it is.
     *
     * @throws Failure FILES_DIFFER if there are more links on the way than the kernel follows: no container has a mount there, and whoever
     *     uses the path on the host would follow the rest out of the root
     */
    public String resolve(String path) {
        Deque<String> ahead = new ArrayDeque<>(names(path));
        String done = "/";
        int links = 0;
        while (!ahead.isEmpty()) {
            String name = ahead.pop();
            String next = ContainerPath.clean(done + "/" + name);
            Path onHost = rootfs.resolve(next.substring(1));
            if (!Files.isSymbolicLink(onHost)) {
                done = next;
                continue;
            }
            if (++links > LINKS_MAX) {
                throw tooMany(path);
            }
            String target = target(onHost);
            names(target).reversed().forEach(ahead::push);
            done = target.startsWith("/") ? "/" : done;
        }
        return done;
    }

    private Failure tooMany(String path) {
        return Failure.of(
                CriuCode.FILES_DIFFER,
                "the path " + JsonPath.quote(path) + " leads through more than " + LINKS_MAX
                        + " symbolic links in the root filesystem " + rootfs);
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the link " + link, e);
        }
    }

    private static List<String> names(String path) {
        return Arrays.stream(path.split("/")).filter(name -> !name.isEmpty()).toList();
    }
}
