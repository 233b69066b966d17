package io.jmigrate.runtime.linux;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * One line of {@code /proc/PID/mountinfo} (proc(5)).
 *
 * @param id of the mount
 * @param parentId of the mount it is mounted on
 * @param major of the device
 * @param minor of the device
 * @param root the directory of the filesystem that is mounted
 * @param mountPoint as seen from the process's root
 * @param options of the mount, comma separated
 * @param optionalFields for example {@code shared:2}
 * @param fstype for example {@code ext4}
 * @param source as the filesystem names it
 * @param superOptions of the filesystem, comma separated
 */
public record MountInfo(
        int id,
        int parentId,
        int major,
        int minor,
        String root,
        String mountPoint,
        String options,
        List<String> optionalFields,
        String fstype,
        String source,
        String superOptions) {

    /** All mounts that a process sees, in the kernel's order. */
    public static List<MountInfo> ofProcess(int pid) {
        return read(Path.of("/proc/" + pid + "/mountinfo"));
    }

    /** All mounts that this process sees. */
    public static List<MountInfo> ofSelf() {
        return read(Path.of("/proc/self/mountinfo"));
    }

    /** Directories can have names of any bytes: those that are no text can't be told apart then, and don't hide the others. */
    private static List<MountInfo> read(Path file) {
        try {
            return parse(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** Reads the file's content. */
    public static List<MountInfo> parse(String content) {
        return content.lines().map(MountInfo::parseLine).toList();
    }

    private static MountInfo parseLine(String line) {
        String[] f = line.split(" ");
        int dash = 6;
        while (!f[dash].equals("-")) {
            dash++;
        }
        String[] device = f[2].split(":");
        return new MountInfo(
                Integer.parseInt(f[0]),
                Integer.parseInt(f[1]),
                Integer.parseInt(device[0]),
                Integer.parseInt(device[1]),
                unescape(f[3]),
                unescape(f[4]),
                f[5],
                List.of(f).subList(6, dash),
                f[dash + 1],
                unescape(f[dash + 2]),
                f.length > dash + 3 ? f[dash + 3] : "");
    }

    /** Blank, tab, line end and backslash are written as backslash and three octal digits. */
    private static String unescape(String field) {
        return field.replace("\\040", " ")
                .replace("\\011", "\t")
                .replace("\\012", "\n")
                .replace("\\134", "\\");
    }
}
