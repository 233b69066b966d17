package io.jmigrate.doctor;

import io.jmigrate.criu.Outlook;
import io.jmigrate.criu.obstacle.Obstacle;
import java.util.List;

/** What the look at a container means for a checkpoint of it. */
public final class ContainerFindings {
    private static final TreeFindings FINDINGS = new TreeFindings("container", ContainerFindings::remedy);

    private ContainerFindings() {}

    /** Its state first, then what stands against a dump, then what would be kept with special care. */
    public static List<Finding> of(Outlook outlook) {
        return switch (outlook) {
            case Outlook.OutOfState(String state) -> List.of(outOfState(state));
            case Outlook.Examined seen -> FINDINGS.of(seen);
        };
    }

    private static Finding outOfState(String state) {
        return Finding.problem(
                "state",
                "it is " + state + ", and only a container that runs can be dumped",
                state.equals("created") ? "start it: jmigrate start" : "run it again: jmigrate delete, jmigrate run");
    }

    private static String remedy(Obstacle.Kind kind) {
        return switch (kind) {
            case FOREIGN_PROCESS -> "wait until it has ended, or end it";
            case OTHER_USER -> "give the container a user namespace, or run it where root has CAP_SYS_RESOURCE";
            case STOPPED_PROCESS -> "let it go on: kill -CONT and its number";
            case SHARED_PART ->
                "if one of them is just starting a program, try again; else such processes can't be saved";
            case TRACED_PROCESS -> "end the tracer, or let it detach";
            case LEADER_ENDED -> "end the process: CRIU can't dump it any more";
            case LARGE_FILE ->
                "let the program close it, or set ghost-limit in CRIU's configuration file (docs/criu-config.md)";
            case UNKNOWN_SOCKET ->
                "end the process, or let the program do without it; for MPTCP in Go: GODEBUG=multipathtcp=0";
            case UNACCEPTED ->
                "try again; of TCP, checkpoint --tcp-skip-in-flight leaves such connections out and breaks them";
            case OUTER_PEER ->
                "end that connection, such as one to a log daemon or a bus, or let its other end run here";
            case CONFIGURATION ->
                "mend that file, or name another in the annotation org.criu.config (docs/criu-config.md)";
            case NESTED_NAMESPACE ->
                "end the process: a container in a container can be checkpointed from within, not from without";
            case MOUNT_OPTION -> "leave the option out of the mount in config.json, and run the container anew";
            case KERNEL_OBJECT -> "end the process, or let the program do without it";
            case HOST_FILE -> "let the process close it, or mount the file into the container";
            case COVERED_FILE -> "let the process close it or go elsewhere, or take the upper mount away";
            case HOST_SOCKET -> "run the container with a pipe, a file or a terminal in its place";
            case TERMINAL -> "run the container without a terminal (process.terminal)";
            case CONNECTION -> "wait until it has closed, or give the container a network namespace of its own";
        };
    }
}
