package io.jmigrate.doctor;

import io.jmigrate.criu.Outlook;
import io.jmigrate.criu.obstacle.Belongings;
import io.jmigrate.criu.obstacle.Obstacle;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the look at a tree of processes means for a checkpoint of it, whatever it belongs to.
 *
 * @param noun what it is: container or job
 * @param remedies what to do about obstacles
 */
record TreeFindings(String noun, Function<Obstacle.Kind, String> remedies) {
    private static final List<String> STREAMS = List.of("standard input", "standard output", "standard error");

    /** Its state first, then what stands against a dump, then what would be kept with special care. */
    List<Finding> of(Outlook.Examined seen) {
        return Stream.of(state(seen), obstacles(seen), overrides(seen), belongings(seen.belongings()), session(seen))
                .flatMap(findings -> findings)
                .toList();
    }

    private static Stream<Finding> state(Outlook.Examined seen) {
        return Stream.of(
                Finding.ok("state", "it is " + seen.state() + ", with " + counted(seen.processes(), "process")));
    }

    private Stream<Finding> obstacles(Outlook.Examined seen) {
        return seen.obstacles().stream()
                .map(obstacle ->
                        Finding.problem(name(obstacle.kind()), obstacle.sentence(), remedies.apply(obstacle.kind())));
    }

    private static String name(Obstacle.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static Stream<Finding> overrides(Outlook.Examined seen) {
        return seen.overrides().stream().map(sentence -> Finding.note("configuration", sentence));
    }

    private Stream<Finding> belongings(Belongings kept) {
        return Stream.of(
                        counting(
                                "connections",
                                kept.connections(),
                                "TCP connection",
                                "kept: they go on if the restored " + noun + " has the same address"),
                        counting("locks", kept.locks(), "lock", "kept, of files that must be there at the restore"),
                        counting(
                                "deleted files",
                                kept.deletedFiles(),
                                "open file",
                                "without a name: kept with its content"),
                        counting(
                                "senders",
                                kept.senders(),
                                "socket",
                                "that sends to a Unix socket outside: kept, and connected to that name again"),
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

    private static Stream<Finding> session(Outlook.Examined seen) {
        return seen.shellJob()
                ? Stream.of(Finding.note("session", "its first process leads none: it is kept as the job of a shell"))
                : Stream.empty();
    }

    private static String counted(long number, String noun) {
        String plural = noun.endsWith("s") ? "es" : "s";
        return number + " " + noun + (number == 1 ? "" : plural);
    }
}
