package io.jmigrate.criu.mapping;

import io.jmigrate.criu.CriuCode;
import io.jmigrate.criu.image.ImageKind;
import io.jmigrate.criu.image.ImageReader;
import io.jmigrate.criu.image.ImageWriter;
import io.jmigrate.criu.image.entry.FileEntry;
import io.jmigrate.criu.image.entry.RegularFile;
import io.jmigrate.runtime.failure.Failure;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * Lets other files stand for the host's files that were standard streams at the dump.
 *
 * <p>CRIU compares size, mode and checksum of every file that it restores with what the images say, even of one that is handed over
 * as a descriptor (criu/files-reg.c, validate_file), and seeks to the old position. A log file that is another one, or has grown
 * meanwhile, would be refused. So the images of such files are made to say nothing about it.
 */
public final class ReplaceableFiles {
    private static final String FILES = "files.img";

    private ReplaceableFiles() {}

    /** Rewrites the image of open files in a complete image directory. @throws Failure DUMP_FAILED */
    public static void allow(Path imageDirectory) {
        Path image = imageDirectory.resolve(FILES);
        Path rewritten = imageDirectory.resolve(FILES + ".new");
        try {
            copy(image, rewritten);
            Files.move(rewritten, image, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw Failure.of(CriuCode.DUMP_FAILED, "cannot rewrite " + image + ": " + e.getMessage())
                    .withCause(e);
        }
    }

    private static void copy(Path image, Path rewritten) throws IOException {
        try (ImageReader reader = ImageReader.open(image, ImageKind.FILES);
                ImageWriter writer =
                        new ImageWriter(new BufferedOutputStream(Files.newOutputStream(rewritten)), ImageKind.FILES)) {
            Optional<FileEntry> entry = reader.next(FileEntry.parser());
            while (entry.isPresent()) {
                writer.write(replaceable(entry.get()));
                entry = reader.next(FileEntry.parser());
            }
        }
    }

    private static FileEntry replaceable(FileEntry entry) {
        if (!entry.getReg().getExt()) {
            return entry;
        }
        RegularFile anyFile = entry.getReg().toBuilder()
                .setPos(0)
                .clearSize()
                .clearMode()
                .clearBuildId()
                .clearChecksum()
                .build();
        return entry.toBuilder().setReg(anyFile).build();
    }
}
