package io.jmigrate.criu.obstacle;

import io.jmigrate.criu.obstacle.ProcessParts.Mapping;
import io.jmigrate.runtime.linux.LinkedFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Looks at the files in the memory of several processes, at each of them once: most have the same libraries. */
final class MappingReader {
    /** Address range, permissions, offset, device, inode; then the name (proc_pid_maps(5)). */
    private static final int FIELDS = 6;

    private static final int NAME = 5;
    /** Of the device's major number, at least. */
    private static final int DEVICE_DIGITS = 2;

    /** Dumped by content, wherever they come from (criu/proc_parse.c, handle_vma). */
    private static final List<String> BY_CONTENT = List.of("/SYSV", "/[aio]");

    private static final String SYSTEM_V = " /SYSV";

    private final Set<String> seen = new HashSet<>();

    /**
     * What is in the memory of a process.
     *
     * @param files that nobody before had
     * @param systemV whether there is shared memory of System V (shmat(2))
     */
    record Found(List<Mapping> files, boolean systemV) {}

    /** Looks at a process; nothing is found in one that has ended. */
    Found of(int pid) {
        try {
            String maps = Files.readString(Path.of("/proc/" + pid + "/maps"), StandardCharsets.ISO_8859_1);
            List<Mapping> files = maps.lines()
                    .flatMap(line -> candidate(line).stream())
                    .flatMap(fields -> look(pid, fields).stream())
                    .toList();
            return new Found(files, maps.contains(SYSTEM_V));
        } catch (IOException e) {
            return new Found(List.of(), false);
        }
    }

    /**
     * The fields of a line about a file that was not seen yet. There are thousands of lines, so most are passed over by a short look.
     *
     * @param line for example {@code 7f0c…-7f0d… r--s 00000000 00:06 312     /dev/vga}
     */
    Optional<String[]> candidate(String line) {
        int name = Math.max(line.indexOf(" /"), line.indexOf(' ' + FileChecks.ANONYMOUS)) + 1;
        if (name == 0 || !seen.add(line.substring(line.indexOf(':') - DEVICE_DIGITS))) {
            return Optional.empty();
        }
        return Optional.of(line.split("\\s+", FIELDS)).filter(fields -> isFile(fields[NAME]));
    }

    private static boolean isFile(String name) {
        return name.startsWith(FileChecks.ANONYMOUS)
                || (name.startsWith("/")
                        && !FileChecks.isNameless(name)
                        && BY_CONTENT.stream().noneMatch(name::startsWith));
    }

    /** The links have no zeros in front of addresses. */
    private static Optional<Mapping> look(int pid, String[] fields) {
        String range = fields[0].replaceFirst("^0+", "").replaceFirst("-0+", "-");
        return LinkedFile.behind(Path.of("/proc/" + pid + "/map_files/" + range))
                .map(file -> new Mapping(fields[NAME], file));
    }
}
