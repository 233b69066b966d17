package io.jmigrate.cli.verb;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.archive.ArchiveContents;
import io.jmigrate.archive.Limits;
import io.jmigrate.cli.inspect.Facts;
import io.jmigrate.cli.inspect.Inspection;
import io.jmigrate.cli.inspect.InspectionFormat;
import io.jmigrate.cli.inspect.Part;
import io.jmigrate.cli.option.Choice;
import io.jmigrate.cli.option.Declaration;
import io.jmigrate.cli.option.DecryptionFlags;
import io.jmigrate.cli.option.OptionCode;
import io.jmigrate.cli.report.ExitCode;
import io.jmigrate.criu.inspect.CheckpointImages;
import io.jmigrate.criu.inspect.ImageDirectory;
import io.jmigrate.runtime.container.ContainerId;
import io.jmigrate.runtime.container.OciState;
import io.jmigrate.runtime.failure.Failure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Tells what a checkpoint holds, without restoring it. */
public final class InspectVerb implements Verb {
    private final Set<Part> parts = EnumSet.noneOf(Part.class);
    private final DecryptionFlags decryption = new DecryptionFlags();
    private InspectionFormat format = InspectionFormat.TREE;
    private Path subject = Path.of("");

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
        return decryption
                .declare(verb)
                .flag("--all", "All of these.", _ -> parts.addAll(EnumSet.allOf(Part.class)))
                .option(
                        "-f, --format",
                        "FORMAT",
                        "tree (default), table or json.",
                        word -> Choice.of(InspectionFormat.class, word),
                        value -> format = value)
                .argument(
                        "CHECKPOINT",
                        "An archive, an image directory, or else the id of a container, of which the state is told.",
                        Path::of,
                        value -> subject = value)
                .examples(
                        "$ jmigrate inspect web1.tar.zst",
                        "$ jmigrate inspect --ps-tree --files web1.tar.zst",
                        "$ jmigrate inspect --all --format json /var/tmp/web1");
    }

    @Override
    public int run(Session session) {
        session.out().print(inspection(session).in(format));
        return ExitCode.SUCCESS.status();
    }

    private Inspection inspection(Session session) {
        Path path = session.resolve(subject);
        if (Files.isDirectory(path)) {
            if (decryption.given()) {
                throw Failure.of(
                        OptionCode.USAGE, "inspect: only an archive can be encrypted, and " + path + " is none");
            }
            CheckpointImages images = CheckpointImages.of(ImageDirectory.at(path));
            return Inspection.of(Facts.ofDirectory(path, images), images, parts);
        }
        return Files.exists(path) || !isContainer(session) ? archive(session, path) : container(session);
    }

    private Inspection archive(Session session, Path file) {
        ArchiveContents archive = ArchiveContents.read(file, Limits.DEFAULT, decryption.decryption(session::resolve));
        CheckpointImages images = CheckpointImages.of(archive);
        return Inspection.of(Facts.ofArchive(file, file.toFile().length(), archive, images), images, parts);
    }

    private boolean isContainer(Session session) {
        return session.containers().list().list().containers().stream()
                .anyMatch(record -> record.id().value().equals(subject.toString()));
    }

    private Inspection container(Session session) {
        ContainerId id = ContainerId.of(subject.toString());
        if (!parts.isEmpty()) {
            throw Failure.of(
                    OptionCode.USAGE,
                    "inspect: " + id.inSentence()
                            + " has no images to look into: checkpoint it first, or leave out --"
                            + Choice.word(List.copyOf(parts).getFirst()));
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
