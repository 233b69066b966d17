package io.jmigrate.runtime.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.json.JsonFields;
import io.jmigrate.runtime.json.JsonPath;
import io.jmigrate.runtime.json.JsonText;
import io.jmigrate.runtime.json.MalformedJsonException;
import io.jmigrate.runtime.json.Problems;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads and writes config.json. */
public final class Specs {
    /** The name of the file in a bundle (bundle.md). */
    public static final String FILE_NAME = "config.json";

    /** The version of the OCI runtime specification that is implemented, and that a config.json written here names. */
    public static final String OCI_VERSION = "1.2.1";

    /** Larger files are refused: the largest known ones, with generated seccomp profiles, stay below 1 MiB. */
    public static final int BYTES_MAX = 4 << 20;

    private Specs() {}

    /**
     * Reads a bundle's config.json.
     *
     * @throws Failure INVALID_CONFIG if it is missing, too large or not JSON; wrong types come back as problems
     */
    public static SpecReading read(Path bundle) {
        Path file = bundle.resolve(FILE_NAME);
        return parse(bytesOf(file), file.toString());
    }

    /**
     * Reads a config.json from memory.
     *
     * @param name what to call it in a failure, such as its path
     */
    public static SpecReading parse(byte[] json, String name) {
        Problems problems = new Problems();
        ObjectNode document = document(json, name, problems);
        Spec spec = SpecReader.spec(document, JsonFields.of(document, JsonPath.ROOT, problems));
        return new SpecReading(spec, problems.list());
    }

    /**
     * Reads a bundle's config.json with changes.
     *
     * @param name of the container's cgroup, if it has none
     * @throws Failure as {@link #read(Path)}, and if the changes don't fit
     */
    public static SpecReading read(Path bundle, SpecChanges changes, String name) {
        SpecReading reading = read(bundle);
        if (changes.equals(SpecChanges.NONE)) {
            return reading;
        }
        ObjectNode changed = changes.applyTo(reading.spec().document(), bundle.toAbsolutePath(), name);
        SpecReading reread =
                parse(JsonText.pretty(changed), bundle.resolve(FILE_NAME).toString());
        return new SpecReading(
                reread.spec(), reread.problems(), changes.fields(reading.spec().document(), changed));
    }

    /** Reads the {@code process} object from a file of its own. */
    public static ProcessReading readProcess(Path file) {
        Problems problems = new Problems();
        ObjectNode document = document(bytesOf(file), file.toString(), problems);
        ProcessSpec process = ProcessReader.process(JsonFields.of(document, JsonPath.ROOT, problems));
        return new ProcessReading(process, document, problems.list());
    }

    /** The document as text: UTF-8, indented, with every field that was read. */
    public static byte[] write(Spec spec) {
        return JsonText.pretty(spec.document());
    }

    /** An object whose names are each given once. */
    static ObjectNode object(byte[] json, String name) {
        Problems problems = new Problems();
        ObjectNode object = document(json, name, problems);
        problems.list().stream().findFirst().ifPresent(problem -> {
            throw invalid(name + " is not valid: " + problem);
        });
        return object;
    }

    private static ObjectNode document(byte[] json, String name, Problems problems) {
        if (json.length > BYTES_MAX) {
            throw invalid(name + " is larger than " + BYTES_MAX + " bytes");
        }
        try {
            JsonNode value = JsonText.parse(json, JsonPath.ROOT, problems);
            if (value instanceof ObjectNode object) {
                return object;
            }
            JsonFields.of(value, JsonPath.ROOT, problems);
            return JsonNodeFactory.instance.objectNode();
        } catch (MalformedJsonException e) {
            throw invalid(name + " is not JSON: " + e.getMessage()).withCause(e);
        }
    }

    static byte[] bytesOf(Path file) {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw invalid(file + " is not a regular file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(BYTES_MAX + 1);
        } catch (NoSuchFileException e) {
            throw invalid(file + " does not exist").withCause(e);
        } catch (IOException e) {
            throw Failure.of(RuntimeCode.IO, "cannot read " + file + ": " + IoReason.of(e))
                    .withCause(e);
        }
    }

    private static Failure invalid(String message) {
        return Failure.of(RuntimeCode.INVALID_CONFIG, message);
    }
}
