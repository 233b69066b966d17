package io.jmigrate.migration.kept;

import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.identity.PrivateFile;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** A directory into which nobody but this user can look or put anything. */
record KeptDirectory(Path path) {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    /**
     * Makes it, or looks whether it is so. One that is empty and this user's becomes so.
     *
     * @throws Failure TRANSFER if it is a link, somebody else's, or open to others with something in it
     */
    void make() throws IOException {
        if (Files.notExists(path, LinkOption.NOFOLLOW_LINKS)) {
            PrivateFile.makeDirectory(path);
            return;
        }
        Map<String, Object> facts =
                Files.readAttributes(path, "unix:isDirectory,uid,permissions", LinkOption.NOFOLLOW_LINKS);
        if (!facts.get("isDirectory").equals(true)) {
            throw refused("it is a link or a file");
        }
        if (!facts.get("uid").equals(Processes.effectiveUid())) {
            throw refused("it belongs to the user " + facts.get("uid"));
        }
        if (!facts.get("permissions").equals(OWNER_ONLY)) {
            takeIfEmpty();
        }
    }

    /** Others may have put something into it until it was closed to them. */
    private void takeIfEmpty() throws IOException {
        if (isEmpty()) {
            Files.setPosixFilePermissions(path, OWNER_ONLY);
        }
        if (!isEmpty()) {
            throw refused("it has files in it and others than its owner may use it");
        }
    }

    private boolean isEmpty() throws IOException {
        try (Stream<Path> all = Files.list(path)) {
            return all.findAny().isEmpty();
        }
    }

    private Failure refused(String why) {
        return Failure.of(
                MigrationCode.TRANSFER,
                "nothing of migrated containers is kept in " + path + ": " + why
                        + "; take a directory that is not there yet, or this user's own with mode 0700");
    }
}
