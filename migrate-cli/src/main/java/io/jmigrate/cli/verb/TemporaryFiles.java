package io.jmigrate.cli.verb;

import io.jmigrate.runtime.failure.Failure;
import java.nio.file.Path;

/** Failures on files that are removed before anybody reads the message. */
final class TemporaryFiles {
    private TemporaryFiles() {}

    /** The failure without lines that send the reader to a file in the directory. */
    static Failure unmentioned(Failure failure, Path directory) {
        return failure.withDetails(failure.details().stream()
                .filter(line -> !line.contains(directory.toString()))
                .toList());
    }
}
