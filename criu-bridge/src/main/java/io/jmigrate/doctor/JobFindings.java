package io.jmigrate.doctor;

import io.jmigrate.criu.Outlook;
import io.jmigrate.criu.obstacle.Obstacle;
import java.util.List;

/** What the look at a job means for a checkpoint of it. */
public final class JobFindings {
    private static final TreeFindings FINDINGS = new TreeFindings("job", JobFindings::remedy);

    private JobFindings() {}

    /** Its state first, then what stands against a dump, then what would be kept with special care. */
    public static List<Finding> of(Outlook.Examined seen) {
        return FINDINGS.of(seen);
    }

    private static String remedy(Obstacle.Kind kind) {
        return switch (kind) {
            case FOREIGN_PROCESS -> "wait until it has ended, or end it";
            case OTHER_USER -> "run it in a container with a user namespace, or where root has CAP_SYS_RESOURCE";
            case STOPPED_PROCESS -> "let it go on: kill -CONT and its number";
            case SHARED_PART ->
                "if one of them is just starting a program, try again; else such processes can't be saved";
            case TRACED_PROCESS -> "end the tracer, or let it detach";
            case LEADER_ENDED -> "end the process: CRIU can't dump it any more";
            case LARGE_FILE ->
                "let the program close it, or set ghost-limit in a configuration file: --criu-config (docs/criu-config.md)";
            case UNKNOWN_SOCKET ->
                "end the process, or let the program do without it; for MPTCP in Go: GODEBUG=multipathtcp=0";
            case UNACCEPTED ->
                "try again; of TCP, checkpoint --tcp-skip-in-flight leaves such connections out and breaks them";
            case OUTER_PEER -> "end that connection, such as one to a log daemon or a bus";
            case CONFIGURATION -> "mend that file, or name another: --criu-config (docs/criu-config.md)";
            case NESTED_NAMESPACE -> "end the process, or name it as a job of its own";
            case MOUNT_OPTION -> "mount it without the option";
            case KERNEL_OBJECT -> "end the process, or let the program do without it";
            case HOST_FILE -> "let the process close it";
            case COVERED_FILE -> "let the process close it or go elsewhere, or take the upper mount away";
            case HOST_SOCKET -> "start the job with a pipe, a file or a terminal in its place";
            case TERMINAL -> "start the job without a terminal";
            case CONNECTION -> "wait until it has closed";
        };
    }
}
