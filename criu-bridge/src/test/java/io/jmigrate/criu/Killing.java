package io.jmigrate.criu;

import io.jmigrate.criu.KilledLazyRestoreIT.Phase;
import io.jmigrate.runtime.linux.Signal;
import java.nio.file.Path;
import java.util.Optional;

/** Kills one process when a restore comes to a phase. */
final class Killing implements RestoreListener {
    private final Participant victim;
    private final Phase phase;
    private final Path log;
    private Optional<WhenLogged> watch = Optional.empty();
    private boolean killed;

    Killing(Participant victim, Phase phase, Path log) {
        this.victim = victim;
        this.phase = phase;
        this.log = log;
    }

    /** CRIU has been started, and not been called. */
    void begin() {
        switch (phase) {
            case PREPARED -> killed = kill();
            case FORKED -> watch = Optional.of(WhenLogged.run(log, "Forking task with 1 pid", this::kill));
            case HANDED -> watch = Optional.of(WhenLogged.run(log, "lazy-pages: uffd", this::kill));
            case HELD, RESUMED -> {
                // the restore tells
            }
        }
    }

    private boolean kill() {
        return victim.signal(Signal.KILL);
    }

    @Override
    public RestoreVerdict held(HeldTree tree) {
        if (phase == Phase.HELD) {
            killed = kill();
        }
        return RestoreVerdict.RESUME;
    }

    @Override
    public void resumed(HeldTree tree) {
        if (phase == Phase.RESUMED) {
            killed = kill();
        }
    }

    boolean hasKilled() {
        return watch.map(WhenLogged::done).orElse(killed);
    }
}
