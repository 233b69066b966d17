package io.jmigrate.migration.engine;

import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.wire.Data;
import io.jmigrate.migration.wire.DataMessage;
import io.jmigrate.pages.frozen.SharedPagemap;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** CRIU's image files, on their way into another directory. */
final class ImageFiles {
    private static final int CHUNK = 256 << 10;
    private static final String LOG_SUFFIX = ".log";

    private ImageFiles() {}

    /** Sends every regular file of the directory but logs, and pages that processes share: these go as memory. @return bytes */
    static long send(Path directory, Data data) {
        long bytes = 0;
        try {
            Set<String> memory = SharedPagemap.in(directory).stream()
                    .map(SharedPagemap::pagesFile)
                    .collect(Collectors.toSet());
            for (Path file : files(directory, memory)) {
                long size = Files.size(file);
                data.send(new DataMessage.Image(file.getFileName().toString(), size));
                sendContent(file, data);
                bytes += size;
            }
        } catch (IOException e) {
            throw Failure.of(MigrationCode.TRANSFER, "cannot read the images in " + directory + ": " + IoReason.of(e))
                    .withCause(e);
        }
        return bytes;
    }

    private static List<Path> files(Path directory, Set<String> but) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(directory)) {
            for (Path file : all) {
                boolean log = file.toString().toLowerCase(Locale.ROOT).endsWith(LOG_SUFFIX);
                if (Files.isRegularFile(file)
                        && !log
                        && !but.contains(file.getFileName().toString())) {
                    files.add(file);
                }
            }
        }
        return files;
    }

    private static void sendContent(Path file, Data data) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            for (byte[] chunk = in.readNBytes(CHUNK); chunk.length > 0; chunk = in.readNBytes(CHUNK)) {
                data.send(new DataMessage.ImageData(chunk));
            }
        }
    }
}
