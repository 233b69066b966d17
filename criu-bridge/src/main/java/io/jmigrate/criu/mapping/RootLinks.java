package io.jmigrate.criu.mapping;

import io.jmigrate.runtime.config.ContainerPath;
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

    /** The path without links, as far as it exists; the rest is kept as it is. */
    public String resolve(String path) {
        Deque<String> ahead = new ArrayDeque<>(names(path));
        String done = "/";
        int links = 0;
        while (!ahead.isEmpty()) {
            String name = ahead.pop();
            String next = ContainerPath.clean(done + "/" + name);
            Path onHost = rootfs.resolve(next.substring(1));
            if (!Files.isSymbolicLink(onHost) || ++links > LINKS_MAX) {
                done = next;
                continue;
            }
            String target = target(onHost);
            names(target).reversed().forEach(ahead::push);
            done = target.startsWith("/") ? "/" : done;
        }
        return done;
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
