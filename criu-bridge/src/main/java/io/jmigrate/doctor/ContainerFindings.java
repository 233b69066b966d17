package io.jmigrate.doctor;

import io.jmigrate.criu.Outlook;
import io.jmigrate.criu.obstacle.Belongings;
import io.jmigrate.criu.obstacle.Obstacle;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the look at a container means for a checkpoint of it. */
public final class ContainerFindings {
    private static final List<String> STREAMS = List.of("standard input", "standard output", "standard error");

    private ContainerFindings() {}

    /** Its state first, then what stands against a dump, then what would be kept with special care. */
    public static List<Finding> of(Outlook outlook) {
        return switch (outlook) {
            case Outlook.OutOfState(String state) -> List.of(outOfState(state));
            case Outlook.Examined seen ->
                Stream.of(state(seen), obstacles(seen), belongings(seen.belongings()), job(seen))
                        .flatMap(findings -> findings)
                        .toList();
        };
    }

    private static Finding outOfState(String state) {
        return Finding.problem(
                "state",
                "it is " + state + ", and only a container that runs can be dumped",
                state.equals("created") ? "start it: jmigrate start" : "run it again: jmigrate delete, jmigrate run");
    }

    private static Stream<Finding> state(Outlook.Examined seen) {
        return Stream.of(
                Finding.ok("state", "it is " + seen.state() + ", with " + counted(seen.processes(), "process")));
    }

    private static Stream<Finding> obstacles(Outlook.Examined seen) {
        return seen.obstacles().stream()
                .map(obstacle -> Finding.problem(name(obstacle.kind()), obstacle.sentence(), remedy(obstacle.kind())));
    }

    private static String name(Obstacle.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String remedy(Obstacle.Kind kind) {
        return switch (kind) {
            case FOREIGN_PROCESS -> "wait until it has ended, or end it";
            case OTHER_USER -> "give the container a user namespace, or run it where root has CAP_SYS_RESOURCE";
            case STOPPED_PROCESS -> "let it go on: kill -CONT and its number";
            case TRACED_PROCESS -> "end the tracer, or let it detach";
            case NESTED_NAMESPACE ->
                "end the process: a container in a container can be checkpointed from within, not from without";
            case MOUNT_OPTION -> "leave the option out of the mount in config.json, and run the container anew";
            case KERNEL_OBJECT -> "end the process, or let the program do without it";
            case HOST_FILE -> "let the process close it, or mount the file into the container";
            case HOST_SOCKET -> "run the container with a pipe, a file or a terminal in its place";
            case TERMINAL -> "run the container without a terminal (process.terminal)";
            case CONNECTION -> "wait until it has closed, or give the container a network namespace of its own";
        };
    }

    private static Stream<Finding> belongings(Belongings kept) {
        return Stream.of(
                        counting(
                                "connections",
                                kept.connections(),
                                "TCP connection",
                                "kept: they go on if the restored container has the same address"),
                        counting("locks", kept.locks(), "lock", "kept, of files that must be there at the restore"),
                        counting(
                                "deleted files",
                                kept.deletedFiles(),
                                "open file",
                                "without a name: kept up to 256 MiB each"),
                        terminal(kept),
                        streams(kept))
                .flatMap(findings -> findings);
    }

    private static Stream<Finding> counting(String name, long number, String noun, String rest) {
        return number == 0 ? Stream.empty() : Stream.of(Finding.note(name, counted(number, noun) + " " + rest));
    }

    private static Stream<Finding> terminal(Belongings kept) {
        return kept.ownTerminal()
                ? Stream.of(Finding.note(
                        "terminal",
                        "it has one of its own: a restore needs another, the caller's or by --console-socket, and migrate"
                                + " refuses it"))
                : Stream.empty();
    }

    private static Stream<Finding> streams(Belongings kept) {
        if (kept.outerStreams().isEmpty()) {
            return Stream.empty();
        }
        String names = kept.outerStreams().stream().map(STREAMS::get).collect(Collectors.joining(", "));
        return Stream.of(
                Finding.note("streams", "these lead out of it, and those of the restore take their place: " + names));
    }

    private static Stream<Finding> job(Outlook.Examined seen) {
        return seen.shellJob()
                ? Stream.of(Finding.note("session", "its first process leads none: it is kept as the job of a shell"))
                : Stream.empty();
    }

    private static String counted(long number, String noun) {
        String plural = noun.endsWith("s") ? "es" : "s";
        return number + " " + noun + (number == 1 ? "" : plural);
    }
}
