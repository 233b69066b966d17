package io.jmigrate.runtime.spec;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.runtime.json.JsonText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Makes bundles for tests. */
public final class Bundles {
    private Bundles() {}

    /** The default spec with changes, in a bundle with an empty root filesystem. */
    public static Path with(Path directory, Consumer<ObjectNode> change) {
        ObjectNode document = DefaultSpec.rootful().document();
        change.accept(document);
        return withConfig(directory, new String(JsonText.pretty(document), StandardCharsets.UTF_8));
    }

    public static Path withConfig(Path directory, String json) {
        try {
            Files.createDirectories(directory.resolve("rootfs"));
            Files.writeString(directory.resolve(Specs.FILE_NAME), json);
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The object at a path of names. */
    public static ObjectNode object(ObjectNode document, String... names) {
        ObjectNode object = document;
        for (String name : names) {
            object = (ObjectNode) object.get(name);
        }
        return object;
    }
}
