package io.jmigrate.criu;

import io.jmigrate.criu.directory.ImageScratch;
import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.criu.job.JobFile;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.ProcStat;
import io.jmigrate.runtime.linux.ProcessRef;
import io.jmigrate.runtime.linux.Processes;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/**
 * A job to which memory comes. It is in no cgroup of its own; that its memory is not all there {@link ArrivingMemory} sees by its mappings.
 *
 * @param job as it was at the dump
 * @param program that brings the memory
 * @param scratch where a directory can be made
 * @param ownPids whether it gets a pid namespace of its own
 */
record JobArrival(JobFile job, Path program, ImageScratch scratch, boolean ownPids) implements ArrivalPlace {
    @Override
    public String inSentence() {
        return job.inSentence();
    }

    @Override
    public Path workDirectory() {
        return scratch.path().resolve("work");
    }

    /** Nothing is done about its cgroups. */
    @Override
    public boolean hasMounts() {
        return false;
    }

    @Override
    public boolean ownUsers() {
        return false;
    }

    @Override
    public OptionalLong limitBytes() {
        return OptionalLong.empty();
    }

    @Override
    public List<Path> processFiles() {
        return List.of();
    }

    /** The root's parent: the program that has made the namespace is the first in it. */
    @Override
    public ProcessRef first(ProcessRef root) {
        return ProcStat.read(root.pid())
                .map(ProcStat::parent)
                .flatMap(Processes::find)
                .orElseThrow(() -> Failure.of(
                        CriuCode.RESTORE_FAILED, "who holds the pid namespace of " + inSentence() + " is gone"));
    }

    @Override
    public void begins(ProcessRef guard) {}

    @Override
    public void ends() {}
}
