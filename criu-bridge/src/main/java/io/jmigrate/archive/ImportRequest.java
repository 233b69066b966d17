package io.jmigrate.archive;

import java.nio.file.Path;
import java.util.Objects;

/**
 * An archive to read.
 *
 * @param file the archive; its compression is recognised by its first bytes
 * @param directory where to extract; must not exist, its parent must; made with mode 0700 and removed on failure
 * @param limits what is accepted
 * @param progress told about content bytes extracted
 */
public record ImportRequest(Path file, Path directory, Limits limits, Progress progress) {
    public ImportRequest {
        Objects.requireNonNull(file);
        Objects.requireNonNull(directory);
        Objects.requireNonNull(limits);
        Objects.requireNonNull(progress);
    }
}
