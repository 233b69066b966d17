package io.jmigrate.criu.mapping;

import io.jmigrate.runtime.config.Config;
import io.jmigrate.runtime.container.StandardStreams;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.Descriptors;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.NamespaceKind;
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
    private final int first;
    private final Map<Integer, Fd> streams;
    private final Map<NamespaceKind, Fd> namespaces = new HashMap<>();

    private RestoreDescriptors(int first, Map<Integer, Fd> streams) {
        this.first = first;
        this.streams = streams;
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
        RestoreDescriptors opened = new RestoreDescriptors(first, streams.byNumber());
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

    /**
     * Those of a tree without a config: streams alone.
     *
     * @param first the number that the first of them gets in CRIU's process
     * @param streams stay the caller's
     */
    public static RestoreDescriptors ofStreams(int first, StandardStreams streams) {
        return new RestoreDescriptors(first, streams.byNumber());
    }

    /** By the number in CRIU's process. */
    public Map<Integer, Fd> byNumber() {
        Map<Integer, Fd> all = new HashMap<>();
        streams.forEach((number, fd) -> all.put(first + number, fd));
        namespaces.forEach((kind, fd) -> all.put(number(kind), fd));
        return all;
    }

    private int number(NamespaceKind kind) {
        return first + streams.size() + kind.ordinal();
    }

    /**
     * Which descriptor stands for what in these images.
     *
     * @throws Failure RESTORE_FAILED if what is given can't stand for a stream, IMAGES_INVALID
     */
    public List<Inherited> standFor(Path imageDirectory) {
        List<Inherited> inherited = new ArrayList<>();
        namespaces.keySet().forEach(kind -> inherited.add(new Inherited(ExternalNamespaces.key(kind), number(kind))));
        DescriptorsFile.read(imageDirectory).forEach((number, key) -> {
            OfferedStream.of(number, streams.get(number)).requireFit(key);
            inherited.add(new Inherited(key, first + number));
        });
        return inherited;
    }

    /** Closes what was opened here. */
    @Override
    public void close() {
        namespaces.values().forEach(Fd::close);
    }
}
