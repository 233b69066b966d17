package io.jmigrate.cli.invocation;

import io.jmigrate.runtime.launch.Launcher;
import io.jmigrate.runtime.linux.Fd;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One command as it was given.
 *
 * @param arguments the words after the program's name
 * @param environment the caller's environment
 * @param workingDirectory the caller's working directory, absolute; relative paths are relative to it
 * @param streams the caller's standard streams
 * @param descriptors the caller's descriptors by number: 0, 1, 2 and those that it wants to pass on
 * @param launcher starts programs as children of the caller's front
 * @param callerPid a process that is in the caller's cgroups: new containers get theirs below
 * @param signals the signals that the caller gets
 * @param terminal that the caller sits at
 * @param distribution the tree that the program belongs to
 */
public record Invocation(
        List<String> arguments,
        Map<String, String> environment,
        Path workingDirectory,
        Streams streams,
        Map<Integer, Fd> descriptors,
        Launcher launcher,
        int callerPid,
        CallerSignals signals,
        CallerTerminal terminal,
        Distribution distribution) {
    public Invocation {
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
        descriptors = Map.copyOf(descriptors);
    }

    /** A variable of the caller's environment; an empty one counts as absent. */
    public Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
    }

    /** The path as the caller meant it: relative ones start at the caller's directory. */
    public Path resolve(Path path) {
        return workingDirectory.resolve(path).normalize();
    }
}
