package io.jmigrate.criu;

import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.criu.image.ImageFile;
import io.jmigrate.criu.image.ImageKind;
import io.jmigrate.criu.image.entry.FileEntry;
import io.jmigrate.criu.image.entry.UtsNamespace;
import io.jmigrate.criu.request.TreeRestoration;
import io.jmigrate.runtime.config.IdMappings;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The images that a tree is restored from: those of the request, or an overlay of them where something is to be other than at the dump.
 *
 * @param path the directory
 * @param workDirectory where the log goes; never the overlay, which is gone when somebody wants to read it
 * @param overlay if there is one
 */
record RestoredImages(Path path, Optional<Path> workDirectory, Optional<ImageOverlay> overlay)
        implements AutoCloseable {
    private static final String FILE_IMAGE = "files.img";
    private static final String UTS_IMAGES = "utsns-*.img";

    /**
     * Makes what has to be made.
     *
     * @param scratch a directory in which the name {@code images} is free
     * @throws Failure IMAGES_INVALID
     */
    static RestoredImages of(TreeRestoration request, Supplier<Path> scratch) {
        Path images = request.imageDirectory();
        Optional<String> hostname = request.terms().changes().hostname();
        Map<Integer, Integer> ports = request.terms().ports();
        if (hostname.isEmpty() && ports.isEmpty()) {
            return new RestoredImages(images, request.workDirectory(), Optional.empty());
        }
        ImageOverlay overlay = ImageOverlay.make(images, scratch.get().resolve("images"));
        try {
            hostname.ifPresent(name -> rename(overlay, name, images));
            if (!ports.isEmpty()) {
                move(overlay, new InetPorts(ports, request.options().tcpClose()), images);
            }
            Path work = request.workDirectory().orElse(images);
            return new RestoredImages(overlay.path(), Optional.of(work), Optional.of(overlay));
        } catch (RuntimeException e) {
            try (overlay) {
                throw e;
            }
        }
    }

    private static void rename(ImageOverlay overlay, String hostname, Path images) {
        int renamed =
                overlay.edit(UTS_IMAGES, ImageKind.UTS_NAMESPACE, UtsNamespace.parser(), entry -> entry.toBuilder()
                        .setNodename(hostname)
                        .build());
        if (renamed == 0) {
            throw Failure.of(CriuCode.IMAGES_INVALID, images + " has no UTS namespace, and so no host name of its own");
        }
    }

    private static void move(ImageOverlay overlay, InetPorts ports, Path images) {
        try {
            ports.check(ImageFile.read(images.resolve(FILE_IMAGE), ImageKind.FILES, FileEntry.parser()));
        } catch (IOException e) {
            throw Failure.of(CriuCode.IMAGES_INVALID, "cannot read the sockets in " + images + ": " + IoReason.of(e))
                    .withCause(e);
        }
        overlay.edit(FILE_IMAGE, ImageKind.FILES, FileEntry.parser(), ports::moved);
    }

    /** Lets the tree read an overlay too, for as long as the restore lasts. */
    ImageAccess grant(IdMappings mappings) {
        return overlay.map(made -> ImageAccess.grant(made.path(), mappings)).orElseGet(ImageAccess::none);
    }

    @Override
    public void close() {
        overlay.ifPresent(ImageOverlay::close);
    }
}
