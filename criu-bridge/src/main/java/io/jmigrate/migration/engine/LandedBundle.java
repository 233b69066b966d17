package io.jmigrate.migration.engine;

import io.jmigrate.migration.MigrationCode;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** A bundle that a migration has made, marked so that the next arrival of the same container may replace it. */
final class LandedBundle {
    static final String ROOTFS = "rootfs";
    private static final String MARK = ".jmigrate-landed";

    private LandedBundle() {}

    static boolean isOne(Path bundle) {
        return Files.isDirectory(bundle, LinkOption.NOFOLLOW_LINKS) && Files.exists(bundle.resolve(MARK));
    }

    /** An empty root filesystem and this config; replaces an earlier landing. */
    static void make(Path bundle, String config) {
        if (isOne(bundle)) {
            Directories.remove(bundle);
        }
        Directories.make(bundle);
        try {
            Files.createFile(bundle.resolve(MARK));
            Files.createDirectory(bundle.resolve(ROOTFS));
            Files.writeString(bundle.resolve("config.json"), config);
        } catch (IOException e) {
            throw Failure.of(MigrationCode.TRANSFER, "cannot write the bundle " + bundle + ": " + IoReason.of(e))
                    .withCause(e);
        }
    }
}
