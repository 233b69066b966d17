package io.jmigrate.cli.verb;

import io.jmigrate.archive.ContainerDescription;
import io.jmigrate.archive.Volume;
import io.jmigrate.archive.rootfs.RootfsBase;
import io.jmigrate.criu.ChangedLimits;
import io.jmigrate.criu.Checkpoint;
import io.jmigrate.criu.CheckpointContainer;
import io.jmigrate.criu.DumpListener;
import io.jmigrate.criu.request.CheckpointRequest;
import io.jmigrate.runtime.container.ContainerRecord;
import io.jmigrate.runtime.container.Containers;
import io.jmigrate.runtime.spec.Spec;
import io.jmigrate.runtime.spec.Specs;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A container.
 *
 * @param request for an image directory
 */
record ExportedContainer(
        Containers containers,
        ContainerRecord container,
        CheckpointContainer checkpoint,
        boolean leaveRunning,
        Function<Path, CheckpointRequest> request)
        implements ExportedTree {
    @Override
    public String inSentence() {
        return container.id().inSentence();
    }

    @Override
    public Optional<FrozenFiles.Reader> files(
            Function<Path, Optional<RootfsBase>> rootfsBase, List<Volume> volumes, Path work) {
        Spec spec = Specs.read(containers.store().directory(container.id())).spec();
        return Optional.of(new FrozenFiles.Reader(
                container.rootfs(),
                rootfsBase.apply(container.rootfs()),
                FrozenFiles.directories(volumes, container, spec),
                work,
                leaveRunning));
    }

    @Override
    public Optional<Path> spec() {
        return Optional.of(containers.store().configFile(container.id()));
    }

    @Override
    public Path keptLog() {
        return containers.store().directory(container.id()).resolve("checkpoint.log");
    }

    @Override
    public Checkpoint dump(Path images, DumpListener listener) {
        return checkpoint.run(request.apply(images), listener);
    }

    @Override
    public void note(Path images) {
        ChangedLimits.write(containers.store(), container.id(), images);
    }

    @Override
    public ContainerDescription description(Path images, List<Volume> volumes) {
        String id = container.id().value();
        return new ContainerDescription(
                id,
                id,
                container.bundle().toString(),
                RUNTIME,
                container.created(),
                Instant.now().truncatedTo(ChronoUnit.SECONDS),
                volumes);
    }
}
