package io.jmigrate.criu;

import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.criu.image.ImageFile;
import io.jmigrate.criu.image.ImageKind;
import io.jmigrate.criu.image.entry.FileEntry;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import java.io.IOException;
import java.nio.file.Path;

/**
 * TCP connections that a process has asked for and got no answer yet. CRIU asks anew as soon as it has made the socket (soccr/soccr.c,
 * libsoccr_set_sk_data_noq), and where the listener is in the tree too and not there yet, the kernel would answer with a reset.
 */
final class HalfOpenConnections {
    private static final String FILE_IMAGE = "files.img";
    private static final int SYN_SENT = 2; // include/net/tcp_states.h

    private HalfOpenConnections() {}

    /** Whether images have any. @throws Failure IMAGES_INVALID */
    static boolean in(Path images) {
        try {
            return ImageFile.read(images.resolve(FILE_IMAGE), ImageKind.FILES, FileEntry.parser()).stream()
                    .anyMatch(entry -> entry.hasIsk() && entry.getIsk().getState() == SYN_SENT);
        } catch (IOException e) {
            throw Failure.of(CriuCode.IMAGES_INVALID, "cannot read the sockets in " + images + ": " + IoReason.of(e))
                    .withCause(e);
        }
    }
}
