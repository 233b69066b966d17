package io.jmigrate.cli.program;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;

/** The config.json of a test's bundle. */
final class BundleConfig {
    private static final ObjectMapper JSON = new ObjectMapper();

    private BundleConfig() {}

    /** What is done to it. */
    @FunctionalInterface
    interface Change {
        void to(ObjectNode config) throws IOException;
    }

    /** Changes it, and returns the bundle. */
    static Path change(Path bundle, Change change) throws IOException {
        Path file = bundle.resolve("config.json");
        ObjectNode config = (ObjectNode) JSON.readTree(file.toFile());
        change.to(config);
        JSON.writeValue(file.toFile(), config);
        return bundle;
    }
}
