package io.jmigrate.migration.engine;

import io.jmigrate.runtime.launch.Heir;
import io.jmigrate.runtime.launch.HeirCommand;
import io.jmigrate.runtime.launch.Launcher;
import java.util.Optional;

/** What becomes of a migration if this process is killed: an heir recovers it. Without one it waits for whoever does. */
record Succession(Optional<Heir> heir) implements AutoCloseable {
    /** @throws io.jmigrate.runtime.launch.LaunchException if there can be no heir */
    static Succession of(Launcher launcher, Optional<HeirCommand> command) {
        return new Succession(command.map(known -> Heir.launch(launcher, known)));
    }

    /** It has ended, or this process has said that it can't be ended now. */
    @Override
    public void close() {
        heir.ifPresent(Heir::close);
    }
}
