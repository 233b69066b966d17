package io.jmigrate.cli.program;

import io.jmigrate.node.fixture.Patience;
import io.jmigrate.runtime.cgroup.Cgroup;
import io.jmigrate.runtime.cgroup.CgroupHierarchies;
import io.jmigrate.runtime.cgroup.CgroupPaths;
import io.jmigrate.runtime.cgroup.Cgroups;
import io.jmigrate.runtime.config.CgroupPlace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Cgroups in all hierarchies that were given to an ordinary user, as a service manager does (cgroup-v2.rst, "Delegation"). */
final class DelegatedCgroups implements AutoCloseable {
    private static final Duration LIMIT = Patience.LIMIT;
    private static final List<String> GIVEN = List.of("cgroup.procs", "cgroup.threads", "cgroup.subtree_control");

    private final CgroupPaths paths;
    private final Cgroup cgroup;

    private DelegatedCgroups(CgroupPaths paths) {
        this.paths = paths;
        this.cgroup = Cgroups.ofHost().open(paths);
    }

    static DelegatedCgroups to(OrdinaryUser user, String name) throws IOException {
        CgroupPaths paths = CgroupHierarchies.ofProcess(
                        (int) ProcessHandle.current().pid())
                .place(Optional.of("delegated-" + name), name);
        DelegatedCgroups delegated = new DelegatedCgroups(paths);
        delegated.cgroup.create();
        for (CgroupPlace place : paths.places()) {
            Files.setAttribute(place.directory(), "unix:uid", user.id());
            for (String file : place.isVersion2() ? GIVEN : List.<String>of()) {
                Files.setAttribute(place.directory().resolve(file), "unix:uid", user.id());
            }
        }
        return delegated;
    }

    /** What a shell has to do to be in them. */
    String enter() {
        return paths.places().stream()
                .map(place -> "echo $$ > " + place.procs())
                .collect(Collectors.joining("\n"));
    }

    /** What is below them in the hierarchy of a controller, or else in version 2. */
    List<Path> below(String controller) {
        Path directory = paths.ofController(controller).or(paths::unified).orElseThrow();
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.filter(Files::isDirectory).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        cgroup.destroy(LIMIT);
    }
}
