package io.jmigrate.cli.program;

import io.jmigrate.node.fixture.Programs;
import io.jmigrate.runtime.linux.MountInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a podman keeps what runs. It takes no name of more than 50 characters, and tests' own directories have longer ones. */
record RunDirectory(Path path) implements AutoCloseable {
    private static final Path SHORT = Path.of("/tmp");

    static RunDirectory make() {
        try {
            return new RunDirectory(Files.createTempDirectory(SHORT, "jm"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        unmountBelow(path);
        Programs.run("rm", "-r", "--one-file-system", path.toString());
    }

    /** What a podman has left mounted below a directory. */
    static void unmountBelow(Path directory) {
        MountInfo.ofSelf().reversed().stream()
                .map(MountInfo::mountPoint)
                .filter(mount -> Path.of(mount).startsWith(directory))
                .forEach(mount -> Programs.run("umount", "--lazy", mount));
    }
}
