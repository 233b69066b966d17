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

    /**
     * Whether the root was no leader of its session, which CRIU restores only when told to.
     *
     * @throws Failure IMAGES_INVALID
     */
    public static boolean rootLedNone(Path imageDirectory) {
        try (ImageReader reader = ImageReader.open(imageDirectory.resolve(TREE), ImageKind.PSTREE)) {
            PstreeEntry root = reader.one(PstreeEntry.parser()); // CRIU writes it first
            return root.getSid() != root.getPid();
        } catch (IOException e) {
            throw Failure.of(CriuCode.IMAGES_INVALID, "cannot read the images: " + IoReason.of(e))
                    .withCause(e);
        }
    }
}
