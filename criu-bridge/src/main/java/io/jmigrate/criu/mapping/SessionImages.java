package io.jmigrate.criu.mapping;

import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.criu.image.ImageKind;
import io.jmigrate.criu.image.ImageReader;
import io.jmigrate.criu.image.entry.PstreeEntry;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import java.io.IOException;
import java.nio.file.Path;

/** What the images say of sessions. */
public final class SessionImages {
    private static final String TREE = "pstree.img";

    private SessionImages() {}

    /** The pid of the root in the images. @throws Failure IMAGES_INVALID */
    public static int rootPid(Path imageDirectory) {
        return root(imageDirectory).getPid();
    }

    /**
     * Whether the root was no leader of its session, which CRIU restores only when told to.
     *
     * @throws Failure IMAGES_INVALID
     */
    public static boolean rootLedNone(Path imageDirectory) {
        PstreeEntry root = root(imageDirectory);
        return root.getSid() != root.getPid();
    }

    private static PstreeEntry root(Path imageDirectory) {
        try (ImageReader reader = ImageReader.open(imageDirectory.resolve(TREE), ImageKind.PSTREE)) {
            return reader.one(PstreeEntry.parser()); // CRIU writes it first
        } catch (IOException e) {
            throw Failure.of(CriuCode.IMAGES_INVALID, "cannot read the images: " + IoReason.of(e))
                    .withCause(e);
        }
    }
}
