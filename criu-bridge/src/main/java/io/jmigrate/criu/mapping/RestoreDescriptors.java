package io.jmigrate.criu.mapping;

import io.jmigrate.criu.CriuCode;
import io.jmigrate.runtime.config.Config;
import io.jmigrate.runtime.container.StandardStreams;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.Descriptors;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.NamespaceKind;
import io.jmigrate.runtime.linux.OpenFlag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The descriptors that CRIU is started with for a restore. They are opened before the images are known, so that CRIU can be
 * started while those are still on their way; which of them stands for what is said with the request.
 */
public final class RestoreDescriptors implements AutoCloseable {
    private static final int REGULAR = 0100000;
    private static final int CHARACTER_DEVICE = 0020000;
    private static final int TYPE_MASK = 0170000;

    private final int first;
    private final Map<Integer, Fd> streams;
    private final Map<NamespaceKind, Fd> namespaces = new HashMap<>();
    private final Fd nullDevice;

    private RestoreDescriptors(int first, Map<Integer, Fd> streams, Fd nullDevice) {
        this.first = first;
        this.streams = streams;
        this.nullDevice = nullDevice;
    }

    /**
     * Opens what the config names.
     *
     * @param first the number that the first of them gets in CRIU's process
     * @param streams stay the caller's
     * @param networkNamespace where the container's network namespace can be entered
     */
    public static RestoreDescriptors open(
            int first, Config config, StandardStreams streams, Optional<Path> networkNamespace) {
        Fd nullDevice = Descriptors.open(ExternalMounts.NULL_DEVICE, OpenFlag.READ_WRITE);
        RestoreDescriptors opened = new RestoreDescriptors(first, streams.byNumber(), nullDevice);
        try {
            for (NamespaceKind kind : ExternalNamespaces.kinds(config)) {
                Optional<Path> path = kind == NamespaceKind.NETWORK
                        ? networkNamespace
                        : config.namespaces().path(kind);
                path.ifPresent(place -> opened.namespaces.put(kind, Descriptors.open(place)));
            }
            return opened;
        } catch (RuntimeException e) {
            try (opened) {
                throw e;
            }
        }
    }

    /** By the number in CRIU's process. */
    public Map<Integer, Fd> byNumber() {
        Map<Integer, Fd> all = new HashMap<>();
        streams.forEach((number, fd) -> all.put(first + number, fd));
        all.put(nullNumber(), nullDevice);
        namespaces.forEach((kind, fd) -> all.put(number(kind), fd));
        return all;
    }

    private int nullNumber() {
        return first + streams.size();
    }

    private int number(NamespaceKind kind) {
        return nullNumber() + 1 + kind.ordinal();
    }

    /**
     * Which descriptor stands for what in these images.
     *
     * @throws Failure RESTORE_FAILED if a stream was a file and what is given in its place is not, IMAGES_INVALID
     */
    public List<Inherited> standFor(Path imageDirectory) {
        List<Inherited> inherited = new ArrayList<>();
        namespaces.keySet().forEach(kind -> inherited.add(new Inherited(ExternalNamespaces.key(kind), number(kind))));
        Map<String, Integer> byKey = new HashMap<>();
        for (HostStream stream : StreamsFile.read(imageDirectory)) {
            // input and output on one file: CRIU opens it anew for each, only the file counts
            byKey.putIfAbsent(stream.key(), numberFor(stream));
        }
        byKey.forEach((key, number) -> inherited.add(new Inherited(key, number)));
        return inherited;
    }

    private int numberFor(HostStream stream) {
        int given = first + stream.number();
        return switch (stream.kind()) {
            case PIPE -> given;
            case DEVICE -> typeOf(stream.number()) == CHARACTER_DEVICE ? given : nullNumber();
            case FILE -> {
                if (typeOf(stream.number()) != REGULAR) {
                    throw Failure.of(
                            CriuCode.RESTORE_FAILED,
                            "descriptor " + stream.number() + " of the container was a file of the host, and no file is"
                                    + " given in its place");
                }
                yield given;
            }
        };
    }

    private int typeOf(int number) {
        try {
            return (Integer) Files.getAttribute(streams.get(number).procPath(), "unix:mode") & TYPE_MASK;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look at descriptor " + number, e);
        }
    }

    /** Closes what was opened here. */
    @Override
    public void close() {
        namespaces.values().forEach(Fd::close);
        nullDevice.close();
    }
}
