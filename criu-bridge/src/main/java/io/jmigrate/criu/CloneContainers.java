package io.jmigrate.criu;

import io.jmigrate.criu.request.CloneRequest;
import io.jmigrate.criu.request.RestoreRequest;
import io.jmigrate.pages.PageStore;
import io.jmigrate.pages.store.SharedPages;
import io.jmigrate.runtime.config.NetworkConfig;
import io.jmigrate.runtime.container.ContainerId;
import io.jmigrate.runtime.container.Containers;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.spec.Spec;
import io.jmigrate.runtime.spec.Specs;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Restores several containers from one checkpoint.
 *
 * <p>Prerequisite: all ids are free, and nothing in the bundle can be had only once (an address, a cgroup of a fixed name); else nothing
 * is done. On success all run. Those that can't be restored leave nothing, and the others run.
 */
public final class CloneContainers {
    /** A restore has many steps that wait: for the kernel, for CRIU. */
    private static final int AT_ONCE_MAX = 4;

    private final Containers containers;
    private final RestoreContainer restore;

    public CloneContainers(Containers containers, RestoreContainer restore) {
        this.containers = Objects.requireNonNull(containers);
        this.restore = Objects.requireNonNull(restore);
    }

    /**
     * What became of one.
     *
     * @param id of the container
     * @param restored if it runs
     * @param failure if it doesn't
     */
    public record Clone(ContainerId id, Optional<Restored> restored, Optional<Failure> failure) {}

    /**
     * Restores them.
     *
     * @param check throws if the rest is to be left
     * @return in the order of the request
     * @throws Failure INVALID_CONFIG, ALREADY_EXISTS: before anything is done
     */
    public List<Clone> run(CloneRequest request, Runnable check) {
        Spec spec = Specs.read(request.bundle()).spec();
        requireRepeatable(request, spec);
        requireFree(request.containers());
        SharedPages shared = new SharedPages(request.pages());
        // a restore in a user namespace lends the images to its group for as long as it takes
        boolean alone = spec.linux().namespaces().stream()
                .anyMatch(namespace -> namespace.type().equals("user"));
        try (ExecutorService threads = Executors.newFixedThreadPool(
                alone ? 1 : AT_ONCE_MAX, Thread.ofPlatform().name("clone-", 1).factory())) {
            List<CompletableFuture<Clone>> clones = request.containers().stream()
                    .map(id -> CompletableFuture.supplyAsync(() -> clone(request, id, shared, check), threads))
                    .toList();
            return clones.stream().map(CompletableFuture::join).toList();
        }
    }

    private static void requireRepeatable(CloneRequest request, Spec spec) {
        if (request.containers().size() == 1) {
            return;
        }
        if (spec.annotations().containsKey(NetworkConfig.ANNOTATION)) {
            throw once("the addresses of its annotation " + NetworkConfig.ANNOTATION);
        }
        if (spec.linux().cgroupsPath().isPresent()) {
            throw once("its linux.cgroupsPath");
        }
        if (!spec.linux().netDevices().isEmpty()) {
            throw once("its linux.netDevices");
        }
        spec.linux().namespaces().stream()
                .filter(namespace -> namespace.path().isPresent())
                .findFirst()
                .ifPresent(namespace -> {
                    throw once("its " + namespace.type() + " namespace at a path");
                });
    }

    private static Failure once(String what) {
        return Failure.of(
                RuntimeCode.INVALID_CONFIG,
                "cannot clone more than one container from this bundle: only one can have " + what
                        + "; nothing was restored");
    }

    private void requireFree(List<ContainerId> ids) {
        ids.stream()
                .filter(id -> containers.store().find(id).isPresent())
                .findFirst()
                .ifPresent(id -> {
                    throw Failure.of(
                            RuntimeCode.ALREADY_EXISTS, id.inSentence() + " exists already; nothing was restored");
                });
    }

    private Clone clone(CloneRequest request, ContainerId id, PageStore pages, Runnable check) {
        RestoreRequest one = RestoreRequest.of(id, request.bundle(), request.imageDirectory(), request.streams())
                .withWorkDirectory(request.logs().resolve(id.value()))
                .withOptions(request.options())
                .withMemory(request.memory())
                .withTerms(request.terms())
                .withPages(pages);
        try {
            return new Clone(
                    id,
                    restore.run(one, _ -> {
                        check.run();
                        return RestoreVerdict.RESUME;
                    }),
                    Optional.empty());
        } catch (Failure e) {
            return new Clone(id, Optional.empty(), Optional.of(e));
        }
    }
}
