package io.jmigrate.cli.invocation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * The installed tree, found from the running program and never from a configured path, so that it can be moved.
 *
 * @param prefix the directory that holds bin, lib and share; absolute
 */
public record Distribution(Path prefix) {
    /** The tree that the running Java belongs to: PREFIX/lib/runtime/bin/java. */
    public static Distribution ofRunningJava() {
        try {
            return ofExecutable(Path.of("/proc/self/exe"));
        } catch (IOException e) {
            throw new UncheckedIOException("reading /proc/self/exe", e);
        }
    }

    /** The tree that another process of Java belongs to. */
    public static Distribution ofJava(int pid) throws IOException {
        return ofExecutable(Path.of("/proc/" + pid + "/exe"));
    }

    private static Distribution ofExecutable(Path link) throws IOException {
        Path java = link.toRealPath();
        return new Distribution(java.getParent().getParent().getParent().getParent());
    }

    /** The native front, which users call. */
    public Path front() {
        return prefix.resolve("bin/jmigrate");
    }

    /** The directory that holds jmigrate-init. */
    public Path nativeDirectory() {
        return prefix.resolve("lib");
    }

    /** The Java program of the trimmed runtime. */
    public Path java() {
        return prefix.resolve("lib/runtime/bin/java");
    }
}
