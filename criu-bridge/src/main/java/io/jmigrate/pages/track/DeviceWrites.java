package io.jmigrate.pages.track;

import io.jmigrate.runtime.linux.MountInfo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Processes into whose memory devices and file systems write. When a page is protected after such a one got it, and before it has written
 * it, no fault tells of that write.
 */
final class DeviceWrites {
    private DeviceWrites() {}

    /**
     * Why they are possible: it has a file open for reading with O_DIRECT (open(2)), or one whose file system may read it so by itself, or a
     * context of io_setup(2). Empty also if it has ended.
     */
    static Optional<String> possibleBy(int pid) {
        Path proc = Path.of("/proc", Integer.toString(pid));
        try {
            return hasRing(proc) ? Optional.of("a context of io_setup(2)") : byFile(proc);
        } catch (IOException | DirectoryIteratorException e) {
            return Optional.empty(); // it has ended
        }
    }

    private static boolean hasRing(Path proc) throws IOException {
        return lines(proc.resolve("maps")).stream().anyMatch(line -> line.contains(" /[aio]"));
    }

    private static Optional<String> byFile(Path proc) throws IOException {
        Set<Integer> mounts = new HashSet<>();
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(proc.resolve("fd"))) {
            for (Path descriptor : descriptors) {
                Optional<OpenedFile> file = isFile(descriptor)
                        ? opened(proc.resolve("fdinfo").resolve(descriptor.getFileName()))
                        : Optional.empty();
                if (file.filter(OpenedFile::isDirect).isPresent()) {
                    return Optional.of("O_DIRECT");
                }
                file.ifPresent(read -> mounts.add(read.mount()));
            }
        }
        return mounts.isEmpty() ? Optional.empty() : byMount(proc, mounts);
    }

    private static Optional<String> byMount(Path proc, Set<Integer> mounts) throws IOException {
        return MountInfo.parse(lines(proc.resolve("mountinfo")).stream().collect(Collectors.joining("\n"))).stream()
                .filter(mount -> mounts.contains(mount.id()) && UnbufferedMounts.include(mount))
                .map(mount -> "files of " + mount.fstype())
                .findFirst();
    }

    /** As opposed to sockets and pipes, of which there can be many. */
    private static boolean isFile(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).isAbsolute();
        } catch (IOException e) {
            return false; // closed meanwhile
        }
    }

    /** One that can be read by it. */
    private static Optional<OpenedFile> opened(Path information) {
        try {
            return Optional.of(OpenedFile.of(lines(information))).filter(OpenedFile::isRead);
        } catch (IOException e) {
            return Optional.empty(); // closed meanwhile
        }
    }

    /** Names of files in it can be of any bytes. */
    private static List<String> lines(Path file) throws IOException {
        return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
    }
}
