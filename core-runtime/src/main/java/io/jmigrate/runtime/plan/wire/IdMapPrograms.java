package io.jmigrate.runtime.plan.wire;

import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.launch.Capture;
import io.jmigrate.runtime.launch.LaunchException;
import io.jmigrate.runtime.launch.Launcher;
import io.jmigrate.runtime.plan.step.Clone;
import io.jmigrate.runtime.plan.step.IdMapping;
import java.util.ArrayList;
import java.util.List;

/**
 * The programs that map ids for ordinary users, as far as root has given them these (newuidmap(1), newgidmap(1), subuid(5)).
 *
 * @param launcher starts them as the user
 */
record IdMapPrograms(Launcher launcher) {
    /**
     * Writes those maps of a step that the native init may not write itself.
     *
     * @param pid a process in the new user namespace, which waits
     * @throws Failure IDS_NOT_GRANTED with what the program said
     */
    void map(int pid, Clone step) {
        if (step.uidsByProgram()) {
            run("newuidmap", "user", pid, step.uidMap());
        }
        if (step.gidsByProgram()) {
            run("newgidmap", "group", pid, step.gidMap());
        }
    }

    private void run(String program, String what, int pid, List<IdMapping> map) {
        List<String> argv = new ArrayList<>(List.of(program, Integer.toString(pid)));
        for (IdMapping range : map) {
            argv.add(Long.toString(range.containerId()));
            argv.add(Long.toString(range.hostId()));
            argv.add(Long.toString(range.size()));
        }
        String failed = "cannot map the container's " + what + " ids: ";
        try {
            Capture said = Capture.run(launcher, argv, "");
            if (!said.status().success()) {
                throw Failure.of(
                                RuntimeCode.IDS_NOT_GRANTED,
                                failed + program + " ended with "
                                        + said.status().text())
                        .withDetails(said.all());
            }
        } catch (LaunchException e) {
            throw Failure.of(RuntimeCode.IDS_NOT_GRANTED, failed + e.getMessage())
                    .withCause(e);
        }
    }
}
