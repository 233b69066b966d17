package io.jmigrate.cli.verb;

import java.nio.file.Path;

/** Files that are removed before the command ends. */
final class TemporaryFiles {
    /** Images are as large as the container's memory: not for a file system in memory. */
    static final String LARGE_DEFAULT = "/var/tmp";

    private TemporaryFiles() {}

    /** Where those of the size of a container's memory go. */
    static Path large(Session session) {
        return session.resolve(Path.of(session.invocation().variable("TMPDIR").orElse(LARGE_DEFAULT)));
    }
}
