package io.jmigrate.criu.image;

import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** Reads and writes whole image files of this host, whose entries fit into memory. */
public final class ImageFile {
    private ImageFile() {}

    /** All entries of a file, which is of one kind of message. */
    public static <M extends MessageLite> List<M> read(Path image, ImageKind kind, Parser<M> parser)
            throws IOException {
        try (ImageReader reader = ImageReader.open(image, kind)) {
            return reader.rest(parser);
        }
    }

    /** Puts a file with these entries in the place of another; who reads it finds the one or the other, whole. */
    public static void replace(Path image, ImageKind kind, List<? extends MessageLite> entries) throws IOException {
        Path rewritten = image.resolveSibling(image.getFileName() + ".new");
        try (ImageWriter writer = new ImageWriter(new BufferedOutputStream(Files.newOutputStream(rewritten)), kind)) {
            for (MessageLite entry : entries) {
                writer.write(entry);
            }
        }
        Files.move(rewritten, image, StandardCopyOption.ATOMIC_MOVE);
    }
}
