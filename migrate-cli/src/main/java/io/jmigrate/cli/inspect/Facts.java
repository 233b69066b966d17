package io.jmigrate.cli.inspect;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.archive.ArchiveContents;
import io.jmigrate.archive.ContainerDescription;
import io.jmigrate.archive.Integrity;
import io.jmigrate.criu.inspect.CheckpointImages;
import io.jmigrate.criu.inspect.ImagedProcess;
import io.jmigrate.criu.job.JobFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** The summary of a checkpoint: facts by name, in the order to show them in. What isn't known is left out. */
public final class Facts {
    /** What is described: a file, a directory or a container. */
    static final String SUBJECT = "subject";

    /** What Go writes for a time that was never set. */
    private static final Instant NEVER = Instant.parse("0001-01-01T00:00:00Z");

    private Facts() {}

    /** Of an image directory. */
    public static ObjectNode ofDirectory(Path directory, CheckpointImages images) {
        ObjectNode facts = subject(directory.toString(), "image directory");
        JobFile.read(directory).ifPresent(job -> addJob(facts, job));
        addImages(facts, images);
        return facts;
    }

    /**
     * Of an archive.
     *
     * @param fileBytes its size
     */
    public static ObjectNode ofArchive(String name, long fileBytes, ArchiveContents archive, CheckpointImages images) {
        ObjectNode facts = subject(name, "archive");
        Optional<JobFile> job = archive.job();
        job.ifPresentOrElse(known -> addJob(facts, known), () -> archive.container()
                .ifPresent(container -> addContainer(facts, container)));
        facts.put("engine", archive.engine().toString());
        addImages(facts, images);
        facts.put("archive_bytes", fileBytes).put("rootfs_diff", archive.hasRootfsDiff());
        addText(facts, "volumes", String.join(", ", archive.volumes()));
        return facts;
    }

    /** The first facts of anything. */
    public static ObjectNode subject(String subject, String kind) {
        return JsonNodeFactory.instance.objectNode().put(SUBJECT, subject).put("kind", kind);
    }

    /** What an archive says of itself. */
    public static void addIntegrity(ObjectNode facts, Integrity integrity) {
        facts.put(
                "manifest",
                switch (integrity.manifest()) {
                    case NONE -> "none";
                    case INTACT -> "all members are as listed";
                    case ALTERED -> integrity.difference().orElse("altered");
                });
        facts.put(
                "signature",
                integrity
                        .signer()
                        .map(fingerprint -> "of key " + fingerprint)
                        .orElse(integrity.signed() ? "there is one, of whom --trust would tell" : "none"));
        facts.put(
                "frames",
                switch (integrity.frames()) {
                    case NONE -> "none";
                    case CHECKSUMS -> "with checksums";
                    case SIGNED -> "with signed digests";
                });
    }

    private static void addJob(ObjectNode facts, JobFile job) {
        addText(facts, "job", job.name());
        facts.put("pid", job.pid());
        addText(facts, "command", String.join(" ", job.command()));
        addText(facts, "directory", job.directory());
        addTime(facts, "checkpointed", job.checkpointed());
    }

    private static void addContainer(ObjectNode facts, ContainerDescription container) {
        addText(facts, "container", container.name());
        addText(facts, "id", container.id());
        addText(facts, "image", container.rootfsImageName());
        addText(facts, "runtime", container.runtime());
        addTime(facts, "created", container.createdTime());
        addTime(facts, "checkpointed", container.checkpointedTime());
    }

    /** JSON can spell halves of characters, which no UTF-8 can hold: they become question marks. */
    private static void addText(ObjectNode facts, String name, String text) {
        if (!text.isEmpty()) {
            facts.put(name, new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
        }
    }

    private static void addTime(ObjectNode facts, String name, Instant time) {
        if (!time.equals(NEVER)) {
            facts.put(name, time.toString());
        }
    }

    private static void addImages(ObjectNode facts, CheckpointImages images) {
        facts.put("images_version", Integer.toUnsignedLong(images.version()))
                .put("processes", images.processes().size())
                .put(
                        "threads",
                        images.processes().stream()
                                .mapToLong(ImagedProcess::threads)
                                .sum())
                .put("memory_bytes", images.memoryBytes())
                .put("pages_stored", images.pages().stored());
    }
}
