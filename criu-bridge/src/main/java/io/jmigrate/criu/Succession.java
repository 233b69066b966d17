package io.jmigrate.criu;

import io.jmigrate.runtime.launch.Heir;
import io.jmigrate.runtime.launch.HeirCommand;
import io.jmigrate.runtime.launch.Launcher;
import io.jmigrate.runtime.linux.ProcessRef;
import java.util.Optional;

/**
 * What becomes of a dump's tree if this process is killed: a mark says what it was before, and an heir has somebody act on that
 * ({@link SettleContainer}). Without an heir the next command that finds the mark does.
 */
final class Succession implements AutoCloseable {
    private final Optional<DumpMark> mark;
    private final DumpMark.Before before;
    private final Optional<HeirCommand> command;
    private Optional<Heir> heir = Optional.empty();

    private Succession(Optional<DumpMark> mark, DumpMark.Before before, Optional<HeirCommand> command) {
        this.mark = mark;
        this.before = before;
        this.command = command;
    }

    /** Nothing holds it but CRIU. */
    static Succession none() {
        return new Succession(Optional.empty(), DumpMark.Before.RUNNING, Optional.empty());
    }

    /** Of a container that goes to another host: its migration has an heir of its own, who has to know which process CRIU is. */
    static Succession ofLeaving(DumpMark mark) {
        return new Succession(Optional.of(mark), DumpMark.Before.LEAVING, Optional.empty());
    }

    /**
     * Of a container that goes on as it was.
     *
     * @param paused whether it is paused
     * @param command acts on the mark
     */
    static Succession of(DumpMark mark, boolean paused, Optional<HeirCommand> command) {
        DumpMark.Before before = paused ? DumpMark.Before.PAUSED : DumpMark.Before.RUNNING;
        return new Succession(Optional.of(mark), before, command);
    }

    /**
     * Nothing is stopped yet.
     *
     * @param criu about to dump
     * @throws io.jmigrate.runtime.launch.LaunchException if there can be no heir
     */
    void begin(Launcher launcher, ProcessRef criu) {
        mark.ifPresent(file -> file.write(new DumpMark.Content(before, criu)));
        heir = command.map(known -> Heir.launch(launcher, known));
    }

    /** From now on the tree stays as it is if this process is killed: it goes on, or must not. Doing it again is harmless. */
    synchronized void giveUp() {
        mark.ifPresent(DumpMark::remove);
        heir.ifPresent(Heir::dismiss);
    }

    /** Nothing holds the tree any more, or it is to be held. */
    @Override
    public void close() {
        try {
            giveUp();
        } finally {
            heir.ifPresent(Heir::close);
        }
    }
}
