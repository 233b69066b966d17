package io.jmigrate.migration.engine;

import io.jmigrate.migration.transfer.FileKey;
import io.jmigrate.migration.transfer.Stamp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Files that processes have mapped, shared and for writing. The kernel sets a file's times when a page of it is first written that way,
 * and not for the writes that follow (page_mkwrite); on tmpfs also not for the first one, if the page was read before (mm/memory.c,
 * fault_dirty_shared_page).
 */
final class MappedFiles {
    private static final int WRITABLE = 0200;
    /** A shared mapping of a file, with its addresses as the names in map_files have them (proc_pid_maps(5)). */
    private static final Pattern SHARED = Pattern.compile("0*([0-9a-f]+)-0*([0-9a-f]+) ...s \\S+ \\S+ (?!0 )[0-9]+ .*");

    private MappedFiles() {}

    /** Of all these processes; of those that end meanwhile perhaps none. */
    static Set<FileKey> of(List<Integer> pids) {
        Set<FileKey> found = new HashSet<>();
        for (int pid : pids) {
            try {
                lines(Path.of("/proc/" + pid + "/maps")).stream()
                        .map(SHARED::matcher)
                        .filter(Matcher::matches)
                        .forEach(mapping -> add(
                                Path.of("/proc/" + pid + "/map_files", mapping.group(1) + "-" + mapping.group(2)),
                                found));
            } catch (IOException e) {
                // it has ended
            }
        }
        return found;
    }

    /** Names of files in it can be of any bytes. */
    private static List<String> lines(Path maps) throws IOException {
        return Files.readAllLines(maps, StandardCharsets.ISO_8859_1);
    }

    /** @param mapping a link to the file, whose mode tells how that was opened (fs/proc/base.c, proc_map_files_instantiate) */
    private static void add(Path mapping, Set<FileKey> found) {
        try {
            if ((Stamp.of(mapping).permissions() & WRITABLE) != 0) {
                found.add(Stamp.ofTarget(mapping).key());
            }
        } catch (IOException e) {
            // it is mapped no more
        }
    }
}
