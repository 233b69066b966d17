package io.jmigrate.cli.verb;

import io.jmigrate.archive.ArchiveSource;
import io.jmigrate.cli.option.OptionCode;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.Fd;
import java.nio.file.Path;

/** Where a restore reads an archive from: a file, or standard input. */
final class ImportSource {
    private static final Path STREAM = Path.of("-");

    private ImportSource() {}

    /** @throws Failure USAGE if it is to come from a terminal */
    static ArchiveSource of(Session session, Path file, Cancellation cancellation) {
        if (!file.equals(STREAM)) {
            return new ArchiveSource.InFile(session.resolve(file));
        }
        if (session.invocation().streams().inIsTerminal()) {
            throw Failure.of(OptionCode.USAGE, "restore: --import -: standard input is a terminal");
        }
        Fd in = session.invocation().descriptors().get(0);
        return new ArchiveSource.Stream(CallerPipe.in(in, cancellation), "(standard input)");
    }
}
