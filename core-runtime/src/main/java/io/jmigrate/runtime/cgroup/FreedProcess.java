package io.jmigrate.runtime.cgroup;

import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.linux.ProcessRef;
import io.jmigrate.runtime.linux.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** A process that is to run on whatever becomes of the cgroup that it is in. */
public final class FreedProcess {
    private FreedProcess() {}

    /**
     * Moves it to where this process is, in the hierarchy that freezes; nothing is done if it has ended. The kernel has it run at once
     * (kernel documentation, cgroup-v2.rst, "cgroup.freeze"; kernel/cgroup/legacy_freezer.c, freezer_attach).
     *
     * @throws Failure IO if the kernel refuses that, UNSUPPORTED if no hierarchy is mounted
     */
    public static void of(ProcessRef process) {
        Optional<Path> here = CgroupHierarchies.ofProcess(
                        (int) ProcessHandle.current().pid())
                .freezingPlaceOfProcess()
                .map(place -> place.resolve(CgroupDirectory.PROCESSES));
        if (here.isEmpty() || !Processes.alive(process)) {
            return;
        }
        try {
            Files.writeString(here.get(), Integer.toString(process.pid()), StandardOpenOption.WRITE);
        } catch (IOException e) {
            if (Processes.alive(process)) {
                throw Failure.of(
                                RuntimeCode.IO,
                                "cannot move process " + process.pid() + " to " + here.get() + ": " + IoReason.of(e))
                        .withCause(e);
            }
        }
    }
}
