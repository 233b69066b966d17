package io.jmigrate.pages.track;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Processes into whose memory devices write. When a page is protected after the device got it, and before the device has written it,
 * no fault tells of that write.
 */
final class DeviceWrites {
    private static final long O_DIRECT = 040000; // asm-generic/fcntl.h, as x86-64 has it
    private static final long O_ACCMODE = 03;
    private static final long O_WRONLY = 01;
    private static final String FLAGS = "flags:";

    private DeviceWrites() {}

    /** Whether it has a file open for reading with O_DIRECT (open(2)) or a context of io_setup(2); false if it has ended. */
    static boolean arePossible(int pid) {
        Path proc = Path.of("/proc", Integer.toString(pid));
        try {
            return hasRing(proc) || readsDirectly(proc);
        } catch (IOException | DirectoryIteratorException e) {
            return false; // it has ended
        }
    }

    private static boolean hasRing(Path proc) throws IOException {
        return lines(proc.resolve("maps")).stream().anyMatch(line -> line.contains(" /[aio]"));
    }

    private static boolean readsDirectly(Path proc) throws IOException {
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(proc.resolve("fd"))) {
            for (Path descriptor : descriptors) {
                if (isFile(descriptor) && isDirect(proc.resolve("fdinfo").resolve(descriptor.getFileName()))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** As opposed to sockets and pipes, of which there can be many. */
    private static boolean isFile(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).isAbsolute();
        } catch (IOException e) {
            return false; // closed meanwhile
        }
    }

    /** {@code flags: 0140000}, octal (proc_pid_fdinfo(5)). */
    private static boolean isDirect(Path information) {
        try {
            return lines(information).stream()
                    .filter(line -> line.startsWith(FLAGS))
                    .map(line -> line.substring(FLAGS.length()).strip())
                    .mapToLong(flags -> Long.parseLong(flags, 8))
                    .anyMatch(flags -> (flags & O_DIRECT) != 0 && (flags & O_ACCMODE) != O_WRONLY);
        } catch (IOException e) {
            return false; // closed meanwhile
        }
    }

    /** Names of files in it can be of any bytes. */
    private static List<String> lines(Path file) throws IOException {
        return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
    }
}
