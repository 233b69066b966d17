package io.jmigrate.cli.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jmigrate.cli.Called;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The mounts of a container of this program and of one of runC, from the same bundle. */
class MountsBesideRuncIT {
    @TempDir
    private Path directory;

    private InstalledProgram ours;
    private InstalledProgram runc;
    private MountedBundle bundle;

    @BeforeEach
    void open() throws IOException {
        Busybox.requireContainers();
        Path program = Path.of("/usr/sbin/runc");
        assumeTrue(Files.isExecutable(program), "runc is not installed");
        ours = InstalledProgram.in(Files.createDirectory(directory.resolve("ours")))
                .served();
        runc = InstalledProgram.in(Files.createDirectory(directory.resolve("runc")))
                .calling(program);
        bundle = MountedBundle.in(
                directory, "sh", "-c", "cat /proc/self/mountinfo; stat -c '%n %a %u %g' /up/* /up/*/*");
        fill();
    }

    @AfterEach
    void close() {
        if (runc != null) {
            ours.close();
        }
    }

    /** All kinds but those about which runC's releases differ. */
    private void fill() throws IOException {
        String source = Files.createDirectories(directory.resolve("source/below"))
                .getParent()
                .toString();
        Path covered = Files.createDirectories(bundle.path().resolve("rootfs/up/sub"));
        Files.setAttribute(Files.writeString(covered.resolve("file"), "content"), "unix:uid", 5);
        Files.createSymbolicLink(bundle.path().resolve("rootfs/link"), Path.of("../../../t"));
        bundle.mounting("/m1", "bind", source, "rbind", "rro", "rnosuid")
                .mounting("/m2", "bind", source, "bind", "ro", "nosuid", "nodev", "noexec", "noatime")
                .mounting("/m3", "bind", source, "rbind", "rw", "rshared")
                .mounting("/m4", "bind", source, "rbind", "rslave", "strictatime")
                .mounting("/m5", "bind", source + "/below", "rbind", "rnodev", "rnoatime", "runbindable")
                .mounting("/m6", "bind", source, "rbind", "rslave", "shared")
                .mounting("/m7", "bind", source, "bind", "nodev")
                .mounting("/m7", "bind", source, "bind", "remount", "ro", "noexec")
                .mounting("/t7", "tmpfs", "tmpfs", "nodev")
                .mounting("/t7", "tmpfs", "tmpfs", "remount", "nosuid", "size=1m")
                .mounting("/up", "tmpfs", "tmpfs", "tmpcopyup", "nosuid", "size=1m")
                .mounting("/ro", "tmpfs", "tmpfs", "ro", "nodev")
                .mounting("/link/deep", "tmpfs", "tmpfs", "nodiratime");
    }

    @Test
    void areTheSame() {
        compare("run");
    }

    @Test
    void areTheSameWithoutAPivot() {
        compare("run", "--no-pivot");
    }

    private void compare(String... verb) {
        Called there = called(runc, verb);
        assumeTrue(there.status() == 0, "runc can run nothing here: " + there.err());
        Called here = called(ours, verb);

        assertThat(here.err()).isEmpty();
        assertThat(lines(here)).containsExactlyElementsOf(lines(there)).anyMatch(line -> line.startsWith("/t/deep "));
    }

    private Called called(InstalledProgram program, String... verb) {
        List<String> words = new ArrayList<>(List.of(verb));
        words.addAll(List.of("--bundle", bundle.path().toString(), Busybox.newId()));
        return program.run(words.toArray(String[]::new));
    }

    /** Mount point, options and kinds of propagation, without numbers, which differ; what isn't a mount as it is. */
    private static List<String> lines(Called called) {
        return called.out().lines().map(MountsBesideRuncIT::shown).toList();
    }

    private static String shown(String line) {
        String[] halves = line.split(" - ");
        if (halves.length == 1) {
            return line;
        }
        String[] fields = halves[0].split(" ");
        StringBuilder shown = new StringBuilder(fields[4] + ' ' + fields[5]);
        for (int i = 6; i < fields.length; i++) {
            shown.append(' ').append(fields[i].replaceFirst(":.*", ""));
        }
        return shown + " - " + halves[1].split(" ")[0];
    }
}
