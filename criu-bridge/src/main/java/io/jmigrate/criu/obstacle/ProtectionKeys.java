package io.jmigrate.criu.obstacle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Keys that keep a process from parts of its own memory (pkeys(7)). CRIU's images have nothing for them: after a restore it could read and write all
 * of it, and would be refused the keys that it has.
 */
final class ProtectionKeys {
    /** {@code 7f0c21000000-7f0c21021000 rw-p 00000000 00:00 0} (proc_pid_smaps(5)). */
    private static final Pattern MAPPING = Pattern.compile("[0-9a-f]+-[0-9a-f]+ (...). .*");

    private static final Pattern KEY = Pattern.compile("ProtectionKey:\\s+(\\d+)");

    /** The kernel gives such memory a key by itself, after a restore as before. */
    private static final String EXECUTE_ONLY = "--x";

    /** What /proc/cpuinfo calls a kernel that uses them. */
    private static final String FEATURE = "ospke";

    private ProtectionKeys() {}

    static Stream<String> found(ContainerView view) {
        if (!areKnownHere()) {
            return Stream.empty();
        }
        return view.processes().stream()
                .filter(process -> has(process.pid()))
                .map(process -> process.inSentence()
                        + " has memory with a protection key (pkeys(7)), which CRIU does not restore");
    }

    private static boolean areKnownHere() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("flags"))
                    .limit(1)
                    .anyMatch(line -> Stream.of(line.split("\\s+")).anyMatch(FEATURE::equals));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read /proc/cpuinfo", e);
        }
    }

    private static boolean has(int pid) {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/smaps"), StandardCharsets.ISO_8859_1)) {
            return areIn(lines);
        } catch (IOException | UncheckedIOException e) {
            return false; // it has ended
        }
    }

    /** Whether a mapping has one that a program has given it. @param smaps lines of the file */
    static boolean areIn(Stream<String> smaps) {
        String rights = "";
        for (Iterator<String> lines = smaps.iterator(); lines.hasNext(); ) {
            String line = lines.next();
            Matcher mapping = MAPPING.matcher(line);
            Matcher key = KEY.matcher(line);
            if (mapping.matches()) {
                rights = mapping.group(1);
            } else if (key.matches() && !key.group(1).equals("0") && !rights.equals(EXECUTE_ONLY)) {
                return true;
            }
        }
        return false;
    }
}
