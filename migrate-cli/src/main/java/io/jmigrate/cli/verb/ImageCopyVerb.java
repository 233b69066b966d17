package io.jmigrate.cli.verb;

import io.jmigrate.archive.Progress;
import io.jmigrate.archive.image.ArchiveImage;
import io.jmigrate.archive.image.ImageReference;
import io.jmigrate.cli.option.Declaration;
import io.jmigrate.cli.progress.Bar;
import io.jmigrate.cli.report.ExitCode;
import java.nio.file.Path;
import java.util.Optional;

/** Makes an image of an archive, or an archive of an image. */
final class ImageCopyVerb implements Verb {
    private final Way way;
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
                                "Add an archive to a directory in OCI layout, as an image with one layer.",
                                "Its annotations tell podman, CRI-O and containerd that it is a checkpoint.");
                    case PULL ->
                        Declaration.of(
                                this,
                                "pull",
                                "Write the archive that an image in OCI layout is.",
                                "Everything is compared with its digest before the archive appears under its name.");
                };
        return verb.argument(
                        "ARCHIVE",
                        way == Way.PUSH ? "The archive, in plain." : "The new archive, readable by you alone.",
                        Path::of,
                        value -> archive = value)
                .argument(
                        "IMAGE",
                        "oci:DIR or oci:DIR:TAG (default: latest).",
                        ImageReference::of,
                        value -> image = Optional.of(value))
                .examples(examples());
    }

    private String[] examples() {
        return switch (way) {
            case PUSH ->
                new String[] {
                    "$ jmigrate image push web1.tar.zst oci:/srv/checkpoints:web1",
                    "$ skopeo copy oci:/srv/checkpoints:web1 docker://registry.example.org/checkpoints/web:1"
                };
            case PULL ->
                new String[] {
                    "$ skopeo copy docker://registry.example.org/checkpoints/web:1 oci:/srv/checkpoints:web1",
                    "$ jmigrate image pull web1.tar.zst oci:/srv/checkpoints:web1",
                };
        };
    }

    @Override
    public int run(Session session) {
        ImageReference named = image.orElseThrow();
        Bar bar = session.bar();
        Cancellation cancellation = Cancellation.of(session.invocation().signals(), "copying of image " + named);
        Progress progress = bytes -> {
            cancellation.check();
            bar.show("image", bytes, 0);
        };
        ArchiveImage copying = new ArchiveImage(named.in(session.resolve(named.layout())), progress);
        switch (way) {
            case PUSH -> copying.push(session.resolve(archive));
            case PULL -> copying.pull(session.resolve(archive));
        }
        bar.erase();
        return ExitCode.SUCCESS.status();
    }
}
