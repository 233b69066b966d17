package io.jmigrate.cli.program;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jmigrate.node.fixture.Programs;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A systemd of a test: the first process of pid, mount, network and cgroup namespaces of its own, in cgroups of its own, with
 * one target that wants nothing. Closing it ends it, and all that is in its namespaces.
 */
final class PrivateSystemd implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/lib/systemd/systemd");
    private static final Path CGROUPS = Path.of("/sys/fs/cgroup");

    /**
     * Its cgroups are below those of this host, and not below those that CRIU mounts for a restore. It knows none of this host's
     * units: those that every socket and service wants would set the host up anew, and empty /tmp. All that it can write to are the test's directory and file systems of its own, and what systemd
     * sets of the whole kernel at its start is kept from it.
     */
    private static final String BOOT = """
            set -e
            hierarchies=$(sed -n 's/^[^ ]* [^ ]* [^ ]* [^ ]* \\(\\/sys\\/fs\\/cgroup[^ ]*\\) .* - cgroup2\\? .*/\\1/p' /proc/self/mountinfo)
            for top in $hierarchies; do
                mkdir "$top/$1"
                for file in cpuset.cpus cpuset.mems; do
                    [ ! -f "$top/$file" ] || [ -s "$top/$1/$file" ] || cat "$top/$file" > "$top/$1/$file"
                done
                echo $$ > "$top/$1/cgroup.procs"
            done
            exec unshare --pid --fork --kill-child --mount --propagation private --cgroup --net --uts --ipc sh -ec '
                mount -t proc proc /proc
                mount -t tmpfs -o mode=755 tmpfs /run
                mkdir /run/kept /run/tree
                mount --bind "$1" /run/kept
                mount --bind "$3" /run/tree
                mount -o remount,bind,ro /run/tree
                for top in $(cut -d" " -f5 /proc/self/mountinfo | sort -u); do
                    case $top in
                    /proc | /proc/* | /sys | /sys/* | /run | /run/* | /dev | /dev/* | /tmp/*) ;;
                    *) mount -o remount,bind,ro "$top" || ! mountpoint -q "$top" ;;
                    esac
                done
                mount -t tmpfs -o mode=1777 tmpfs /tmp
                mkdir -p "$1" "$3"
                mount --move /run/kept "$1"
                mount --move /run/tree "$3"
                mount --bind /proc/sys/fs /proc/sys/fs
                mount -o remount,bind,ro /proc/sys/fs
                [ ! -e /etc/machine-id ] || mount --bind "$1/machine-id" /etc/machine-id
                [ "$2" = alone ] || version1=$(sed -n "s/.* \\/sys\\/fs\\/cgroup.* - cgroup [^ ]* \\(.*\\)/\\1/p" /proc/self/mountinfo)
                umount --recursive /sys/fs/cgroup
                mount -t tmpfs -o mode=755 tmpfs /sys/fs/cgroup
                for options in $version1; do
                    options=${options#rw,}
                    mkdir "/sys/fs/cgroup/${options#name=}"
                    mount -t cgroup -o "$options" cgroup "/sys/fs/cgroup/${options#name=}"
                done
                if [ -n "$version1" ]; then
                    mkdir /sys/fs/cgroup/unified
                    mount -t cgroup2 cgroup2 /sys/fs/cgroup/unified
                else
                    umount /sys/fs/cgroup
                    mount -t cgroup2 cgroup2 /sys/fs/cgroup
                fi
                for units in /lib/systemd/system /usr/lib/systemd/system /etc/systemd/system; do
                    mount -t tmpfs -o mode=755 tmpfs "$units" # those of the host would clean its /tmp, and more
                done
                mkdir -p /run/systemd/system
                for target in test sysinit basic sockets shutdown; do
                    printf "[Unit]\\nDefaultDependencies=no\\n" > /run/systemd/system/$target.target
                done
                exec env -i container=test PATH="$PATH" \\
                    SYSTEMD_UNIT_PATH=/run/systemd/system SYSTEMD_GENERATOR_PATH=/run/none SYSTEMD_ENVIRONMENT_GENERATOR_PATH=/run/none \\
                    %s --system --unit=test.target --log-target=null --show-status=no --default-standard-output=null
                ' boot "$2" "$3" "$4"
            """.formatted(PROGRAM);

    private final String name;
    private final Path directory;
    private final Process outside;
    private final long pid;

    private PrivateSystemd(String name, Path directory, Process outside, long pid) {
        this.name = name;
        this.directory = directory;
        this.outside = outside;
        this.pid = pid;
    }

    /** Boots one with the hierarchies that this host has. Skips where systemd is not installed. */
    static PrivateSystemd boot(Path directory) throws IOException {
        return boot(directory, "as-they-are");
    }

    /** The same with cgroups of version 2 alone, which have the controllers that this host does not use in version 1. */
    static PrivateSystemd bootVersion2(Path directory) throws IOException {
        return boot(directory, "alone");
    }

    private static PrivateSystemd boot(Path directory, String version2) throws IOException {
        assumeTrue(Files.isExecutable(PROGRAM), "systemd is not installed: no " + PROGRAM);
        String name = Busybox.newId();
        Files.writeString(directory.resolve("machine-id"), "0123456789abcdef0123456789abcdef\n");
        Path log = directory.resolve("systemd.log");
        Path tree = InstalledProgram.FRONT.getParent().getParent();
        Process outside = new ProcessBuilder(
                        "sh", "-c", BOOT, "boot", name, directory.toString(), version2, tree.toString())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            await().until(() -> !outside.isAlive() || outside.children().anyMatch(PrivateSystemd::answers));
            long pid = outside.children()
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("systemd has ended: " + Files.exists(log)))
                    .pid();
            return new PrivateSystemd(name, directory, outside, pid);
        } catch (RuntimeException e) {
            new PrivateSystemd(name, directory, outside, 0).close();
            throw new IllegalStateException(Files.readString(log), e);
        }
    }

    private static boolean answers(ProcessHandle process) {
        return Files.exists(Path.of("/proc", Long.toString(process.pid()), "root/run/systemd/private"));
    }

    /** A program that runs another one where this systemd is the first process. */
    Path entering(Path program) throws IOException {
        Path file = Files.writeString(
                directory.resolve("enter-" + program.getFileName()),
                "#!/bin/sh\nexec nsenter -t %d -m -p -C -n --wd=\"$PWD\" %s \"$@\"\n".formatted(pid, program));
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    /** Gives it the file of a unit, or one that adds to it. */
    void install(String name, String content) throws IOException {
        Path file = Path.of("/proc", Long.toString(pid), "root/run/systemd/system", name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    /** What {@code systemctl show} says of a property of a unit. */
    String show(String unit, String property) {
        return inside("systemctl", "show", "--value", "--property", property, unit);
    }

    /** Whether it has a unit, in whatever state. */
    boolean has(String unit) {
        return !inside("systemctl", "list-units", "--all", "--plain", "--no-legend", unit)
                .isEmpty();
    }

    /** Runs a command where it is the first process, and returns its output. */
    String inside(String... words) {
        List<String> command = new ArrayList<>(
                List.of("nsenter", "-t", Long.toString(pid), "-m", "-p", "-C", "-n", "--wd=" + directory));
        command.addAll(List.of(words));
        return Programs.run(command.toArray(String[]::new)).strip();
    }

    /** The directories of its cgroups that have a name, in all hierarchies, as this host sees them. */
    List<Path> cgroups(String of) {
        return tops().flatMap(PrivateSystemd::tree)
                .filter(directory -> directory.getFileName().toString().equals(of))
                .toList();
    }

    /** At the top of each hierarchy, of which there may be one or several. */
    private Stream<Path> tops() {
        try (Stream<Path> hierarchies = Files.list(CGROUPS)) {
            return Stream.concat(Stream.of(CGROUPS), hierarchies).map(each -> each.resolve(name)).toList().stream()
                    .filter(Files::isDirectory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Each after those below it. */
    private static Stream<Path> tree(Path top) {
        try (Stream<Path> all = Files.walk(top)) {
            return all.filter(Files::isDirectory).toList().reversed().stream();
        } catch (IOException | UncheckedIOException e) {
            return Stream.empty(); // removed meanwhile
        }
    }

    @Override
    public void close() {
        outside.destroyForcibly(); // and with it the first process, and so all others of its namespace
        await().until(() -> !outside.isAlive());
        await().until(() -> {
            tops().flatMap(PrivateSystemd::tree).map(Path::toFile).forEach(File::delete);
            return tops().findAny().isEmpty();
        });
    }
}
