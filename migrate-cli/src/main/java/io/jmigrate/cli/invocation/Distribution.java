package io.jmigrate.cli.invocation;

import java.nio.file.Path;

/**
 * The installed tree, found from the running program and never from a configured path, so that it can be moved.
 *
 * @param prefix the directory that holds bin, lib and share; absolute
 */
public record Distribution(Path prefix) {
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
