package io.jmigrate.cli.verb;

import io.jmigrate.archive.image.ImageReference;
import io.jmigrate.archive.image.RegistryReference;
import io.jmigrate.cli.option.Declaration;
import io.jmigrate.cli.option.OptionCode;
import io.jmigrate.cli.option.RegistryFlags;
import io.jmigrate.cli.progress.Bar;
import io.jmigrate.cli.report.ExitCode;
import io.jmigrate.runtime.failure.Failure;
import java.nio.file.Path;
import java.util.Optional;

/** Makes an image of an archive, or an archive of an image. */
final class ImageCopyVerb implements Verb {
    private final Way way;
    private final RegistryFlags registry = new RegistryFlags();
    private Path archive = Path.of("");
    private Optional<ImageReference> image = Optional.empty();

    /** Which of the two is made. */
    private enum Way {
        PUSH,
        PULL
    }

    private ImageCopyVerb(Way way) {
        this.way = way;
    }

    static Verb push() {
        return new ImageCopyVerb(Way.PUSH);
    }

    static Verb pull() {
        return new ImageCopyVerb(Way.PULL);
    }

    @Override
    public Declaration declaration() {
        Declaration verb =
                switch (way) {
                    case PUSH ->
                        Declaration.of(
                                this,
                                "push",
                                "Make an archive an image with one layer, in a registry or a directory in OCI layout.",
                                "Its annotations tell podman, CRI-O and containerd that it is a checkpoint. Prints the image's"
                                        + " digest.");
                    case PULL ->
                        Declaration.of(
                                this,
                                "pull",
                                "Write the archive that an image in a registry, or a directory in OCI layout, is.",
                                "Everything is compared with its digest before the archive appears under its name.");
                };
        return registry.declare(verb)
                .argument(
                        "ARCHIVE",
                        way == Way.PUSH ? "The archive, in plain." : "The new archive, readable by you alone.",
                        Path::of,
                        value -> archive = value)
                .argument("IMAGE", ImageReference.FORMS + ".", ImageReference::of, value -> image = Optional.of(value))
                .examples(examples());
    }

    private String[] examples() {
        return switch (way) {
            case PUSH ->
                new String[] {
                    "$ jmigrate image push web1.tar.zst docker://registry.example.org/checkpoints/web:1",
                    "$ jmigrate image push web1.tar.zst oci:/srv/checkpoints:web1"
                };
            case PULL ->
                new String[] {
                    "$ jmigrate image pull web1.tar.zst docker://registry.example.org/checkpoints/web:1",
                    "$ jmigrate restore --detach --bundle web --import web1.tar.zst web1",
                };
        };
    }

    @Override
    public int run(Session session) {
        ImageReference named = image.orElseThrow();
        registry.requireFitting(named);
        if (way == Way.PUSH && named instanceof RegistryReference remote && remote.isDigest()) {
            throw Failure.of(
                    OptionCode.USAGE, "image push: the digest of " + named + " is known when it was made: name a tag");
        }
        Path file = session.resolve(archive);
        Bar bar = session.bar();
        try (OpenedImage opened =
                OpenedImage.of(session, registry, named, bar, file.toFile().length())) {
            switch (way) {
                case PUSH -> session.out().println(opened.image().push(file));
                case PULL -> opened.image().pull(file);
            }
        }
        bar.erase();
        return ExitCode.SUCCESS.status();
    }
}
