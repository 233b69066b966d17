package io.jmigrate.criu.mapping;

import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.criu.image.ImageKind;
import io.jmigrate.criu.image.ImageReader;
import io.jmigrate.criu.image.entry.CgroupEntry;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What images know of cgroups. */
public final class CgroupImages {
    private static final String FILE = "cgroup.img";

    private CgroupImages() {}

    /**
     * Whether they say where in the cgroups the tree was, as opposed to those of a dump that was told to ignore cgroups: that has a
     * list of controllers without a directory in any (criu/cgroup.c, collect_cgroups).
     *
     * @throws Failure IMAGES_INVALID
     */
    public static boolean tellPlaces(Path imageDirectory) {
        Path file = imageDirectory.resolve(FILE);
        if (Files.notExists(file)) {
            return false;
        }
        try (ImageReader reader = ImageReader.open(file, ImageKind.CGROUP)) {
            return reader.one(CgroupEntry.parser()).getControllersList().stream()
                    .anyMatch(controller -> controller.getDirsCount() > 0);
        } catch (IOException e) {
            throw Failure.of(CriuCode.IMAGES_INVALID, "cannot read " + file + ": " + IoReason.of(e))
                    .withCause(e);
        }
    }
}
