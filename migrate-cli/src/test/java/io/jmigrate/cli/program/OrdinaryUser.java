package io.jmigrate.cli.program;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jmigrate.runtime.linux.Processes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;

/**
 * A user without any rights, as whom root runs commands.
 *
 * @param id uid and gid; it need not have a name
 */
record OrdinaryUser(int id) {
    /** Skips where there is no acting as another user, or where the kernel lets nobody else make user namespaces. */
    static OrdinaryUser of(int id) {
        assumeTrue(Processes.effectiveUid() == 0, "only root can act as another user");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "setpriv is not installed");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/unshare")), "unshare is not installed");
        OrdinaryUser user = new OrdinaryUser(id);
        assumeTrue(user.canMakeUserNamespaces(), "this host lets nobody but root make user namespaces");
        return user;
    }

    private boolean canMakeUserNamespaces() {
        try {
            Process process = new ProcessBuilder(
                            "/bin/sh", "-c", "exec " + prefix() + " /usr/bin/unshare --user --map-root-user true")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return InstalledProgram.status(process, "unshare") == 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String prefix() {
        return "/usr/bin/setpriv --reuid=%d --regid=%d --clear-groups".formatted(id, id);
    }

    /** A directory that belongs to the user; those above it let everybody through. */
    Path directory(Path parent, String name) {
        try {
            Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwx--x--x"));
            Path directory = Files.createDirectory(parent.resolve(name));
            give(directory);
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives a directory to the user, and all in it. */
    void give(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(file -> !Files.isSymbolicLink(file)).toList()) {
                Files.setAttribute(file, "unix:uid", id);
                Files.setAttribute(file, "unix:gid", id);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A program that does what another one does, as the user, for whom another file lies over those by which root gives ids (subuid(5)).
     *
     * @param ids what is in it
     */
    Path actingGranted(Path directory, Path program, String ids) {
        try {
            Path granted = Files.writeString(Files.createTempFile(directory, "granted", ""), ids);
            Files.setPosixFilePermissions(granted, PosixFilePermissions.fromString("rw-r--r--"));
            Path inside = acting(
                    directory,
                    program,
                    "mount --bind %1$s /etc/subuid\nmount --bind %1$s /etc/subgid".formatted(granted));
            Path script = Files.createTempFile(directory, "granting", "");
            Files.writeString(script, "#!/bin/sh\nexec /usr/bin/unshare --mount %s \"$@\"\n".formatted(inside));
            return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Skips where no ids can be given to it. */
    OrdinaryUser whoCanBeGrantedIds() {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/newuidmap")), "newuidmap is not installed");
        assumeTrue(Files.exists(Path.of("/etc/subuid")), "there is no /etc/subuid to put another one in place of");
        assumeTrue(Files.exists(Path.of("/etc/subgid")), "there is no /etc/subgid to put another one in place of");
        return this;
    }

    /**
     * A program that does what another one does, as the user.
     *
     * @param before shell commands that are done before, as root
     */
    Path acting(Path directory, Path program, String before) {
        try {
            Path script = Files.createTempFile(directory, "as-user", "");
            Files.writeString(script, "#!/bin/sh\n%s\nexec %s %s \"$@\"\n".formatted(before, prefix(), program));
            return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
