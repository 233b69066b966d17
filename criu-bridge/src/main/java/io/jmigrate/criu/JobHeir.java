package io.jmigrate.criu;

import io.jmigrate.runtime.launch.Heir;
import io.jmigrate.runtime.launch.HeirCommand;
import io.jmigrate.runtime.launch.Launcher;
import java.util.Optional;
import java.util.function.Function;

/** Gives a job its connections back if this process and CRIU are killed during its dump ({@link SettleJob}). */
final class JobHeir implements AutoCloseable {
    private final Launcher launcher;
    private final Optional<Function<String, HeirCommand>> command;
    private Optional<Heir> heir = Optional.empty();

    /** @param command with the run of the CRIU that dumps the job; absent: there is no heir */
    JobHeir(Launcher launcher, Optional<Function<String, HeirCommand>> command) {
        this.launcher = launcher;
        this.command = command;
    }

    /**
     * CRIU is about to lock the connections.
     *
     * @param run of that CRIU
     * @throws io.jmigrate.runtime.launch.LaunchException if there can be no heir
     */
    void begin(String run) {
        heir = command.map(known -> Heir.launch(launcher, known.apply(run)));
    }

    /** The dump is over. */
    @Override
    public void close() {
        heir.ifPresent(Heir::close);
    }
}
