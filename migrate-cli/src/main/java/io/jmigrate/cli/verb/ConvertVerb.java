package io.jmigrate.cli.verb;

import io.jmigrate.archive.ArchiveConverter;
import io.jmigrate.archive.ArchiveSource;
import io.jmigrate.archive.ArchiveTarget;
import io.jmigrate.archive.Compression;
import io.jmigrate.archive.ConversionRequest;
import io.jmigrate.archive.ConvertedArchive;
import io.jmigrate.archive.Limits;
import io.jmigrate.archive.Progress;
import io.jmigrate.archive.integrity.TrustedKey;
import io.jmigrate.archive.layout.Layout;
import io.jmigrate.cli.option.Choice;
import io.jmigrate.cli.option.Declaration;
import io.jmigrate.cli.option.DecryptionFlags;
import io.jmigrate.cli.option.OptionCode;
import io.jmigrate.cli.progress.Bar;
import io.jmigrate.cli.report.ExitCode;
import io.jmigrate.runtime.failure.Failure;
import java.nio.file.Path;
import java.util.Optional;

/** Turns an archive of one engine into that of another. */
public final class ConvertVerb implements Verb {
    private final DecryptionFlags decryption = new DecryptionFlags();
    private Path archive = Path.of("");
    private Optional<Layout> to = Optional.empty();
    private Optional<Path> output = Optional.empty();
    private Optional<String> image = Optional.empty();
    private Optional<Path> trustedKey = Optional.empty();
    private Optional<Compression> compression = Optional.empty();

    @Override
    public Declaration declaration() {
        Declaration verb = Declaration.of(
                        this,
                        "convert",
                        "Write the checkpoint archive of one engine in the layout of another.",
                        "Nothing is unpacked on the way. What the other engine has no place for is said.")
                .option(
                        "--to",
                        "ENGINE",
                        "podman, cri-o, containerd or jmigrate.",
                        word -> Choice.of(Layout.class, word),
                        value -> to = Optional.of(value))
                .option(
                        "-o, --output",
                        "FILE",
                        "Where the new archive goes, readable by you alone.",
                        Path::of,
                        value -> output = Optional.of(value))
                .option(
                        "--image",
                        "NAME",
                        "What that engine calls the image that the container was made of, if the archive does not say.",
                        name -> name,
                        value -> image = Optional.of(value))
                .option(
                        "-c, --compress",
                        "HOW",
                        "Compression of the new archive: zstd (default; none for cri-o and containerd), gzip or none.",
                        Compression::named,
                        value -> compression = Optional.of(value))
                .option(
                        "--trust",
                        "PUBFILE",
                        "Refuse an archive that the owner of the public Ed25519 key in PUBFILE (PEM) has not signed.",
                        Path::of,
                        value -> trustedKey = Optional.of(value));
        return decryption
                .declare(verb)
                .argument("ARCHIVE", "The archive, of whichever engine.", Path::of, value -> archive = value)
                .examples(
                        "$ jmigrate convert --to podman --image localhost/web:1 -o web1.podman.tar.zst web1.tar.zst",
                        "$ jmigrate convert --to jmigrate -o web1.tar.zst checkpoint-web_default-web.tar");
    }

    @Override
    public int run(Session session) {
        Bar bar = session.bar();
        ConvertedArchive converted = ArchiveConverter.convert(request(session, bar));
        bar.erase();
        converted.notCarried().forEach(sentence -> session.log().warning(sentence));
        return ExitCode.SUCCESS.status();
    }

    private ConversionRequest request(Session session, Bar bar) {
        Path file = session.resolve(archive);
        Layout layout =
                to.orElseThrow(() -> Failure.of(OptionCode.USAGE, "convert: --to is missing: for which engine?"));
        Path target = output.map(session::resolve)
                .orElseThrow(() -> Failure.of(OptionCode.USAGE, "convert: --output is missing: where to?"));
        return new ConversionRequest(
                new ArchiveSource.InFile(file),
                decryption.decryption(session::resolve),
                trustedKey.map(session::resolve).map(TrustedKey::read),
                Limits.DEFAULT,
                layout,
                image,
                new ArchiveTarget.InFile(target),
                compression.orElse(defaultFor(layout)),
                progress(session, bar, file));
    }

    /** CRI-O and containerd read only what is not compressed (their restore calls tar's reader on the file itself). */
    private static Compression defaultFor(Layout layout) {
        return switch (layout) {
            case CRI_O, CONTAINERD -> new Compression.None();
            case PODMAN, JMIGRATE -> Compression.DEFAULT;
        };
    }

    private static Progress progress(Session session, Bar bar, Path file) {
        Cancellation cancellation = Cancellation.of(session.invocation().signals(), "the conversion of " + file);
        long expected = file.toFile().length();
        return bytes -> {
            cancellation.check();
            bar.show("convert", bytes, expected);
        };
    }
}
