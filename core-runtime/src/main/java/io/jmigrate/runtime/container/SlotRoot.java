package io.jmigrate.runtime.container;

import io.jmigrate.runtime.config.RootLayers;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.linux.LinuxException;
import io.jmigrate.runtime.linux.Mounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The root filesystem of a {@link RestoreSlot}: CRIU wants it to be a mount point of its own (criu-restore(8), {@code --root}). */
record SlotRoot(LifecycleHost host, Blueprint blueprint) {
    void mount() {
        RootMount.mount(host.store().root(), blueprint.record());
        bind();
    }

    /** Mounts one that consists of layers anew. */
    void renew() {
        if (blueprint.config().annotations().containsKey(RootLayers.ANNOTATION)) {
            unbind();
            RootMount.unmount(host.store().root(), blueprint.record());
            mount();
        }
    }

    Path bound() {
        return host.store().restoreRoot(blueprint.record().id());
    }

    void unbind() {
        ContainerRemains.unmountAndRemove(bound());
    }

    private void bind() {
        Path rootfs = blueprint.record().rootfs();
        try {
            Files.createDirectory(bound());
            Mounts.bind(rootfs, bound(), true);
        } catch (IOException | LinuxException e) {
            throw Failure.of(
                            RuntimeCode.IO,
                            "cannot bind the root filesystem " + rootfs + " to " + bound() + ": " + IoReason.of(e))
                    .withCause(e);
        }
    }
}
