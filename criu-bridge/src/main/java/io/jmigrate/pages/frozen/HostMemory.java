package io.jmigrate.pages.frozen;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Memory of this host as a place for copies. */
public final class HostMemory {
    private static final Pattern AVAILABLE = Pattern.compile("(?m)^MemAvailable:\\s+(\\d+) kB$");
    private static final long KIB = 1024;

    /** Left to everybody else: an eighth of what is available. */
    private static final int RESERVE = 8;

    private HostMemory() {}

    /** Whether files of that directory are in memory anyway. */
    public static boolean holds(Path directory) {
        try {
            return Files.getFileStore(directory).type().equals("tmpfs");
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether a copy of that size would crowd nobody out (MemAvailable, proc_meminfo(5)). */
    public static boolean hasRoomFor(long bytes) {
        try {
            Matcher found = AVAILABLE.matcher(Files.readString(Path.of("/proc/meminfo")));
            long available = found.find() ? Long.parseLong(found.group(1)) * KIB : 0;
            return bytes <= available - available / RESERVE;
        } catch (IOException e) {
            return false;
        }
    }
}
