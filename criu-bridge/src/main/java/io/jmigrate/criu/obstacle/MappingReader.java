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
import java.util.stream.Stream;

/** Looks at the files in the memory of several processes, at each of them once: most have the same libraries. */
final class MappingReader {
    /** Address range, permissions, offset, device, inode; then the name (proc_pid_maps(5)). */
    private static final int FIELDS = 6;

    private static final int DEVICE = 3;
    private static final int NAME = 5;
    /** Dumped by content, wherever they come from (criu/proc_parse.c, handle_vma). */
    private static final List<String> BY_CONTENT = List.of("/SYSV", "/[aio]");

    private final Set<String> seen = new HashSet<>();

    /** The files of a process that nobody before had; none if it has ended. */
    List<Mapping> of(int pid) {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/maps"), StandardCharsets.ISO_8859_1)) {
            return lines.flatMap(line -> candidate(line).stream())
                    .flatMap(fields -> look(pid, fields).stream())
                    .toList();
        } catch (IOException e) {
            return List.of(); // it has ended
        }
    }

    /**
     * The fields of a line about a file that was not seen yet.
     *
     * @param line for example {@code 7f0c…-7f0d… r--s 00000000 00:06 312     /dev/vga}
     */
    Optional<String[]> candidate(String line) {
        String[] fields = line.split("\\s+", FIELDS);
        boolean isFile = fields.length == FIELDS
                && (fields[NAME].startsWith(FileChecks.ANONYMOUS) || isNamed(fields[NAME]))
                && seen.add(String.join(" ", List.of(fields).subList(DEVICE, FIELDS)));
        return Optional.of(fields).filter(_ -> isFile);
    }

    private static boolean isNamed(String name) {
        return name.startsWith("/")
                && !FileChecks.isNameless(name)
                && BY_CONTENT.stream().noneMatch(name::startsWith);
    }

    /** The links have no zeros in front of addresses. */
    private static Optional<Mapping> look(int pid, String[] fields) {
        String range = fields[0].replaceFirst("^0+", "").replaceFirst("-0+", "-");
        return LinkedFile.behind(Path.of("/proc/" + pid + "/map_files/" + range))
                .map(file -> new Mapping(fields[NAME], file));
    }
}
