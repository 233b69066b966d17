package io.jmigrate.migration.engine;

import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.launch.Heir;
import io.jmigrate.runtime.launch.HeirCommand;
import io.jmigrate.runtime.launch.LaunchException;
import io.jmigrate.runtime.launch.Launcher;
import java.util.Optional;

/** What becomes of a migration if this process is killed: an heir recovers it. Without one it waits for whoever does. */
record Succession(Optional<Heir> heir) implements AutoCloseable {
    /** @throws Failure IO if there can be no heir */
    static Succession of(Launcher launcher, Optional<HeirCommand> command) {
        try {
            return new Succession(command.map(known -> Heir.launch(launcher, known)));
        } catch (LaunchException e) {
            throw Failure.of(
                            RuntimeCode.IO,
                            "nobody can be had who recovers the migration if it is killed: " + e.getMessage())
                    .withCause(e);
        }
    }

    /** It has ended, or this process has said that it can't be ended now. */
    @Override
    public void close() {
        heir.ifPresent(Heir::close);
    }
}
