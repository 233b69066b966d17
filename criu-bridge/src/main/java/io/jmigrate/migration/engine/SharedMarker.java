package io.jmigrate.migration.engine;

import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.MigrationId;
import io.jmigrate.runtime.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A file of a random name that proves to the peer that it sees the same root filesystem; gone when it is closed. */
record SharedMarker(Optional<Path> file) implements AutoCloseable {
    static final String PREFIX = ".jmigrate-shared-";

    static SharedMarker none() {
        return new SharedMarker(Optional.empty());
    }

    static SharedMarker make(Path rootfs) {
        try {
            return new SharedMarker(Optional.of(Files.createFile(rootfs.resolve(PREFIX + MigrationId.random()))));
        } catch (IOException e) {
            throw Failure.of(MigrationCode.PREFLIGHT, "cannot mark the shared root filesystem " + rootfs)
                    .withCause(e);
        }
    }

    /** Empty if there is none. */
    String name() {
        return file.map(path -> path.getFileName().toString()).orElse("");
    }

    @Override
    public void close() {
        try {
            if (file.isPresent()) {
                Files.deleteIfExists(file.get());
            }
        } catch (IOException e) {
            throw Failure.of(MigrationCode.TRANSFER, "cannot remove " + file.get())
                    .withCause(e);
        }
    }
}
