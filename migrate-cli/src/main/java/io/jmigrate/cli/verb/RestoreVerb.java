package io.jmigrate.cli.verb;

import io.jmigrate.archive.ImportedArchive;
import io.jmigrate.cli.option.ContainerArgument;
import io.jmigrate.cli.option.CreateOptions;
import io.jmigrate.cli.option.Declaration;
import io.jmigrate.cli.option.ImageOptions;
import io.jmigrate.cli.option.TreeFlags;
import io.jmigrate.cli.report.ExitCode;
import io.jmigrate.criu.RestoreContainer;
import io.jmigrate.criu.Restored;
import io.jmigrate.criu.request.RestoreRequest;
import io.jmigrate.runtime.container.DeleteRequest;
import io.jmigrate.runtime.launch.ExitStatus;
import java.nio.file.Path;
import java.util.Optional;

/** Brings a container back from an image directory or an archive. */
public final class RestoreVerb implements Verb {
    private final ContainerArgument container = new ContainerArgument();
    private final CreateOptions place = new CreateOptions();
    private final ImageOptions images = new ImageOptions();
    private final TreeFlags tree = new TreeFlags();
    private boolean detach;
    private Optional<Path> archive = Optional.empty();

    @Override
    public Declaration declaration() {
        Declaration verb = Declaration.of(
                this,
                "restore",
                "Bring a container back from an image directory or an archive.",
                "How it runs is said by the bundle's config.json; the one inside an archive is not used. The bundle's root",
                "filesystem must be as it was at the checkpoint.");
        place.declare(tree.declare(images.declare(verb)))
                .flag("-d, --detach", "Leave the container running and return.", value -> detach = value)
                .flag("--no-subreaper", "Accepted for runc's sake: no subreaper is used.", _ -> {})
                .option(
                        "-i, --import",
                        "FILE",
                        "Read an archive of `checkpoint --export` or of podman.",
                        Path::of,
                        value -> archive = Optional.of(value));
        return container
                .declare(verb)
                .examples(
                        "$ jmigrate restore -d --bundle web --image-path images web1",
                        "$ jmigrate restore -d --bundle web --tcp-established --import web1.tar.zst web1");
    }

    @Override
    public int run(Session session) {
        place.refuseUnsupported();
        Restored restored = archive.isPresent()
                ? fromArchive(session, session.resolve(archive.get()))
                : restore(session, session.resolve(images.imagePath()));
        return detach ? ExitCode.SUCCESS.status() : waitFor(session, restored);
    }

    private Restored fromArchive(Session session, Path file) {
        ImportedArchive imported = CheckpointArchive.read(file);
        Restored restored;
        try {
            restored = restore(session, imported.imageDirectory());
        } catch (RuntimeException e) {
            try {
                imported.remove();
            } catch (RuntimeException cleanUp) {
                e.addSuppressed(cleanUp);
            }
            throw e;
        }
        imported.remove();
        return restored;
    }

    private Restored restore(Session session, Path directory) {
        RestoreRequest request = RestoreRequest.of(
                        container.id(), session.resolve(place.bundle()), directory, session.containerStreams())
                .withOptions(tree.options());
        RestoreRequest withPidFile =
                place.pidFile().map(session::resolve).map(request::withPidFile).orElse(request);
        RestoreRequest whole = images.workPath()
                .map(session::resolve)
                .map(withPidFile::withWorkDirectory)
                .orElse(withPidFile);
        return new RestoreContainer(session.containers(), session.invocation().launcher(), Criu.of(session)).run(whole);
    }

    private int waitFor(Session session, Restored restored) {
        session.invocation().signals().forwardTo(Optional.of(restored.child()));
        ExitStatus end = restored.child().exited().join();
        session.containers().delete().delete(new DeleteRequest(container.id(), true));
        return end.code();
    }
}
