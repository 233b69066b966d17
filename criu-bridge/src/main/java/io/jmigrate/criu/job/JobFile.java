package io.jmigrate.criu.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.criu.image.BoundedFile;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import io.jmigrate.runtime.json.JsonText;
import io.jmigrate.runtime.json.MalformedJsonException;
import io.jmigrate.runtime.json.Problems;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * {@code job.json} beside the images of a job, by which they are told from a container's. It is for people and for messages: a restore takes
 * nothing else from it.
 *
 * @param pid of the first process at the dump
 * @param name of its program
 * @param command its arguments, the program's name first
 * @param directory where it worked
 * @param checkpointed when it was dumped
 */
public record JobFile(int pid, String name, List<String> command, String directory, Instant checkpointed) {
    /** What it is called in an image directory. */
    public static final String NAME = "job.json";

    private static final String FORMAT = "jmigrate job";
    private static final int VERSION = 1;
    private static final int BYTES_MAX = 16 << 20; // arguments may take megabytes (execve(2))

    public JobFile {
        Objects.requireNonNull(name);
        command = List.copyOf(command);
        Objects.requireNonNull(directory);
        Objects.requireNonNull(checkpointed);
    }

    /**
     * Describes a job that stands still.
     *
     * @throws Failure DUMP_FAILED if it can't be looked at
     */
    public static JobFile of(Job job, Instant now) {
        Path process = Path.of("/proc/" + job.root().pid());
        try {
            String words = Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1);
            return new JobFile(
                    job.root().pid(),
                    job.name(),
                    Stream.of(words.split("\0")).toList(),
                    Files.readSymbolicLink(process.resolve("cwd")).toString(),
                    now);
        } catch (IOException e) {
            throw Failure.of(CriuCode.DUMP_FAILED, "cannot look at " + job.inSentence() + ": " + IoReason.of(e))
                    .withCause(e);
        }
    }

    /** For example {@code job 4711 (bash)}. */
    public String inSentence() {
        return Job.inSentence(pid, name);
    }

    /** @throws Failure DUMP_FAILED */
    public void write(Path imageDirectory) {
        ObjectNode tree = JsonNodeFactory.instance
                .objectNode()
                .put("format", FORMAT)
                .put("version", VERSION)
                .put("pid", pid)
                .put("name", name);
        ArrayNode words = tree.putArray("command");
        command.forEach(words::add);
        tree.put("directory", directory).put("checkpointed", checkpointed.toString());
        Path file = imageDirectory.resolve(NAME);
        try {
            Files.write(file, JsonText.pretty(tree));
        } catch (IOException e) {
            throw Failure.of(CriuCode.DUMP_FAILED, "cannot write " + file + ": " + IoReason.of(e))
                    .withCause(e);
        }
    }

    /**
     * Reads it; empty if the images are not a job's.
     *
     * @throws Failure IMAGES_INVALID
     */
    public static Optional<JobFile> read(Path imageDirectory) {
        Path file = imageDirectory.resolve(NAME);
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(parse(BoundedFile.read(file, BYTES_MAX)));
        } catch (IOException e) {
            throw Failure.of(CriuCode.IMAGES_INVALID, "cannot read " + file + ": " + IoReason.of(e))
                    .withCause(e);
        }
    }

    /** Reads its content. @throws IOException if it is of another form; the message says why */
    public static JobFile parse(byte[] json) throws IOException {
        try {
            return parse(JsonText.parse(json, NAME, new Problems()));
        } catch (MalformedJsonException | RuntimeException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static JobFile parse(JsonNode tree) throws IOException {
        if (!tree.path("format").asText().equals(FORMAT) || tree.path("version").asInt() != VERSION) {
            throw new IOException("it is none of version " + VERSION);
        }
        return new JobFile(
                tree.path("pid").asInt(),
                tree.path("name").asText(),
                tree.path("command").valueStream().map(JsonNode::asText).toList(),
                tree.path("directory").asText(),
                Instant.parse(tree.path("checkpointed").asText()));
    }
}
