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
    private static final Path RUNNING_JAVA = Path.of("/proc/self/exe");

    /** The tree that the running Java belongs to: PREFIX/lib/runtime/bin/java. */
    public static Distribution ofRunningJava() {
        try {
            Path java = RUNNING_JAVA.toRealPath();
            return new Distribution(java.getParent().getParent().getParent().getParent());
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + RUNNING_JAVA, e);
        }
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
