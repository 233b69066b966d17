package io.jmigrate.criu.stream;

import io.jmigrate.runtime.container.StandardStreams;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.Fd;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Standard streams for a restored container: those of the command, or the files of the host that it had at the checkpoint, as far as
 * they are the same ones still, and what the command has for the others.
 */
public final class RestoredStreams implements AutoCloseable {
    private static final List<String> NAMES = List.of("standard input", "standard output", "standard error");

    private final StandardStreams given;
    private final Map<Integer, Fd> opened = new HashMap<>();

    private RestoredStreams(StandardStreams given) {
        this.given = given;
    }

    /** Those of the command alone. */
    public static RestoredStreams ofCommand(StandardStreams given) {
        return new RestoredStreams(given);
    }

    /**
     * Opens the files.
     *
     * @param imageDirectory of somebody who is believed: it names files of the host
     * @param given what the command has; stays the caller's
     * @param warn is told of each stream that can't be had again
     * @throws Failure IMAGES_INVALID
     */
    public static RestoredStreams original(Path imageDirectory, StandardStreams given, Consumer<String> warn) {
        RestoredStreams streams = new RestoredStreams(given);
        try {
            Map<Integer, HostFile> files = new HashMap<>();
            HostFiles.read(imageDirectory).forEach(file -> files.put(file.number(), file));
            for (int number = 0; number < NAMES.size(); number++) {
                streams.open(number, files.get(number), warn);
            }
            return streams;
        } catch (RuntimeException e) {
            try (streams) {
                throw e;
            }
        }
    }

    private void open(int number, HostFile file, Consumer<String> warn) {
        if (file == null) {
            warn.accept("the container's " + NAMES.get(number) + " was no file of this host: it gets this command's");
            return;
        }
        file.reopen()
                .ifPresentOrElse(
                        fd -> opened.put(number, fd),
                        () -> warn.accept("the container's " + NAMES.get(number) + " was " + file.path()
                                + ", which can't be opened again: it gets this command's"));
    }

    /** They are as long open as this. */
    public StandardStreams streams() {
        return new StandardStreams(
                opened.getOrDefault(0, given.in()),
                opened.getOrDefault(1, given.out()),
                opened.getOrDefault(2, given.err()));
    }

    @Override
    public void close() {
        opened.values().forEach(Fd::close);
    }
}
