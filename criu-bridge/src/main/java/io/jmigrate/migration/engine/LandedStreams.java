package io.jmigrate.migration.engine;

import io.jmigrate.runtime.container.StandardStreams;
import io.jmigrate.runtime.linux.Descriptors;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.OpenFlag;
import java.nio.file.Path;

/**
 * What stands for the standard streams of a container that arrives: nobody waits for its output here, so it is kept in a file
 * beside the bundle's config.json.
 *
 * @param in nothing to read
 * @param out the file, appended to
 */
record LandedStreams(Fd in, Fd out) implements AutoCloseable {
    private static final String FILE = "output.log";
    private static final int OWNER_ONLY = 0600;

    static LandedStreams open(Path bundle) {
        Fd in = Descriptors.open(Path.of("/dev/null"), OpenFlag.READ_WRITE);
        try {
            Fd out = Descriptors.open(
                    bundle.resolve(FILE), OWNER_ONLY, OpenFlag.READ_WRITE, OpenFlag.CREATE, OpenFlag.APPEND);
            return new LandedStreams(in, out);
        } catch (RuntimeException e) {
            try (in) {
                throw e;
            }
        }
    }

    StandardStreams standard() {
        return new StandardStreams(in, out, out);
    }

    @Override
    public void close() {
        try (in) {
            out.close();
        }
    }
}
