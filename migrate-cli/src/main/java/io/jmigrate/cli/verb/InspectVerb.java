package io.jmigrate.cli.verb;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.archive.ArchiveContents;
import io.jmigrate.archive.Integrity;
import io.jmigrate.archive.Limits;
import io.jmigrate.archive.image.ImageReference;
import io.jmigrate.archive.integrity.TrustedKey;
import io.jmigrate.archive.secrecy.Decryption;
import io.jmigrate.cli.inspect.Facts;
import io.jmigrate.cli.inspect.Inspection;
import io.jmigrate.cli.inspect.InspectionFormat;
import io.jmigrate.cli.inspect.InspectionPage;
import io.jmigrate.cli.inspect.Part;
import io.jmigrate.cli.option.Choice;
import io.jmigrate.cli.option.Declaration;
import io.jmigrate.cli.option.DecryptionFlags;
import io.jmigrate.cli.option.OptionCode;
import io.jmigrate.cli.option.RegistryFlags;
import io.jmigrate.cli.report.ExitCode;
import io.jmigrate.criu.inspect.CheckpointImages;
import io.jmigrate.criu.inspect.ImageDirectory;
import io.jmigrate.criu.inspect.MemorySource;
import io.jmigrate.criu.memory.MemorySurvey;
import io.jmigrate.runtime.container.ContainerId;
import io.jmigrate.runtime.container.OciState;
import io.jmigrate.runtime.failure.Failure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Tells what a checkpoint holds, without restoring it. */
public final class InspectVerb implements Verb {
    private final Set<Part> parts = EnumSet.noneOf(Part.class);
    private final DecryptionFlags decryption = new DecryptionFlags();
    private InspectionFormat format = InspectionFormat.TREE;
    private final RegistryFlags registry = new RegistryFlags();
    private String subject = "";
    private Optional<Path> html = Optional.empty();
    private Optional<Path> trust = Optional.empty();

    @Override
    public Declaration declaration() {
        Declaration verb = Declaration.of(
                this,
                "inspect",
                "Tell what a checkpoint holds, without restoring it.",
                "Archives may come from podman, CRI-O or containerd too. Nothing in them is trusted or unpacked.");
        for (Part part : Part.values()) {
            verb.flag("--" + Choice.word(part), part.description(), _ -> parts.add(part));
        }
        return registry.declare(decryption.declare(verb))
                .flag("--all", "All of these.", _ -> parts.addAll(EnumSet.allOf(Part.class)))
                .option(
                        "-f, --format",
                        "FORMAT",
                        "tree (default), table or json.",
                        word -> Choice.of(InspectionFormat.class, word),
                        value -> format = value)
                .option(
                        "--html",
                        "FILE",
                        "Write one page with all of it and a picture of the memory to FILE, which must not exist; - is standard"
                                + " output.",
                        Path::of,
                        value -> html = Optional.of(value))
                .option(
                        "--trust",
                        "PUBFILE",
                        "Refuse an archive that is not signed with this key (Ed25519, PEM).",
                        Path::of,
                        value -> trust = Optional.of(value))
                .argument(
                        "CHECKPOINT",
                        "An archive, an image directory, an image (oci:DIR:TAG, docker://HOST/NAME:TAG), or else the id of a"
                                + " container, of which the state is told.",
                        InspectVerb::checkedSubject,
                        value -> subject = value)
                .examples(
                        "$ jmigrate inspect web1.tar.zst",
                        "$ jmigrate inspect --ps-tree --files web1.tar.zst",
                        "$ jmigrate inspect --all --format json /var/tmp/web1",
                        "$ jmigrate inspect --html web1.html web1.tar.zst",
                        "$ jmigrate inspect docker://registry.example.org/checkpoints/web:1");
    }

    private static String checkedSubject(String word) {
        return ImageReference.isMeant(word) ? ImageReference.of(word).toString() : word;
    }

    @Override
    public int run(Session session) {
        Optional<TextFile> page = html.map(file -> TextFile.requireNew(session, file));
        if (ImageReference.isMeant(subject)) {
            image(session, page, ImageReference.of(subject));
            return ExitCode.SUCCESS.status();
        }
        registry.requireUnused(subject + " is in none");
        Path path = session.resolve(Path.of(subject));
        if (Files.isDirectory(path)) {
            requireArchiveOptionsUnused("an image directory");
            ImageDirectory directory = ImageDirectory.at(path);
            CheckpointImages images = CheckpointImages.of(directory);
            show(session, page, directory, images, Facts.ofDirectory(path, images));
        } else if (Files.exists(path) || !isContainer(session)) {
            Optional<Decryption> key = decryption.decryption(session::resolve);
            archive(session, page, path.toString(), path, ArchiveContents.read(path, Limits.DEFAULT, key));
        } else {
            requireArchiveOptionsUnused("a container");
            session.out().print(container(session).in(format));
        }
        return ExitCode.SUCCESS.status();
    }

    private void requireArchiveOptionsUnused(String what) {
        if (decryption.given()) {
            throw Failure.of(
                    OptionCode.USAGE, "inspect: only an archive can be encrypted, and " + subject + " is " + what);
        }
        if (trust.isPresent()) {
            throw Failure.of(OptionCode.USAGE, "--trust: " + what + " has no signature, only an archive may have one");
        }
    }

    private void image(Session session, Optional<TextFile> page, ImageReference image) {
        registry.requireFitting(image);
        if (decryption.given()) {
            throw Failure.of(OptionCode.USAGE, "inspect: images are not encrypted, and " + image + " is one");
        }
        try (PulledImage pulled = PulledImage.of(session, registry, image)) {
            String name = image.toString();
            archive(session, page, name, pulled.file(), ArchiveContents.readAs(pulled.file(), name, Limits.DEFAULT));
        }
    }

    private void archive(Session session, Optional<TextFile> page, String name, Path file, ArchiveContents archive) {
        Optional<TrustedKey> key = trust.map(session::resolve).map(TrustedKey::read);
        Integrity integrity = archive.integrity(key); // before anything of it is looked into
        CheckpointImages images = CheckpointImages.of(archive);
        ObjectNode facts = Facts.ofArchive(name, file.toFile().length(), archive, images);
        Facts.addIntegrity(facts, integrity);
        show(session, page, archive, images, facts);
    }

    private void show(
            Session session, Optional<TextFile> page, MemorySource source, CheckpointImages images, ObjectNode facts) {
        if (page.isPresent()) {
            Inspection all = Inspection.of(facts, images, EnumSet.allOf(Part.class));
            page.get().write(InspectionPage.of(all, MemorySurvey.of(source, images)));
        } else {
            session.out().print(Inspection.of(facts, images, parts).in(format));
        }
    }

    private boolean isContainer(Session session) {
        return session.containers().list().list().containers().stream()
                .anyMatch(record -> record.id().value().equals(subject));
    }

    private Inspection container(Session session) {
        ContainerId id = ContainerId.of(subject);
        List<String> ofImages = Stream.concat(
                        parts.stream().map(Choice::word), html.stream().map(_ -> "html"))
                .toList();
        if (!ofImages.isEmpty()) {
            throw Failure.of(
                    OptionCode.USAGE,
                    "inspect: " + id.inSentence()
                            + " has no images to look into: checkpoint it first, or leave out --"
                            + ofImages.getFirst());
        }
        OciState state = OciState.of(session.containers().inspect(id));
        ObjectNode facts = Facts.subject(id.value(), "container");
        return Inspection.of(facts.put("status", state.status())
                .put("pid", state.pid())
                .put("bundle", state.record().bundle().toString())
                .put("created", state.record().created().toString())
                .put("owner", state.owner())
                .put("restored", state.record().restored()));
    }
}
