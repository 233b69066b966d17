package io.jmigrate.criu;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/**
 * A hook {@code createRuntime} that holds a restore, however slow the machine, while something is done: CRIU has made the first process and
 * waits. Closing it gives the bundle its config.json back.
 */
final class HeldHook implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SCRIPT = "cd %s; touch begun; until [ -e end ]; do sleep 0.02; done";

    private final Path config;
    private final byte[] original;
    private final CompletableFuture<Boolean> acting;

    private HeldHook(Path config, byte[] original, CompletableFuture<Boolean> acting) {
        this.config = config;
        this.original = original;
        this.acting = acting;
    }

    /** @param act says whether it could be done */
    static HeldHook in(Path bundle, BooleanSupplier act) throws IOException {
        Path config = bundle.resolve("config.json");
        byte[] original = Files.readAllBytes(config);
        Path place = Files.createTempDirectory(bundle, "hook");
        Files.write(config, withHook(original, SCRIPT.formatted(place)));
        return new HeldHook(
                config, original, CompletableFuture.supplyAsync(() -> act(place, act), task -> Thread.ofPlatform()
                        .daemon()
                        .start(task)));
    }

    private static byte[] withHook(byte[] config, String script) throws IOException {
        ObjectNode changed = (ObjectNode) JSON.readTree(config);
        ObjectNode hook = changed.withObject("/hooks").putArray("createRuntime").addObject();
        hook.put("path", "/bin/sh").putArray("args").add("sh").add("-c").add(script);
        hook.putArray("env").add("PATH=" + System.getenv("PATH"));
        return JSON.writeValueAsBytes(changed);
    }

    private static boolean act(Path place, BooleanSupplier act) {
        try {
            await().until(() -> Files.exists(place.resolve("begun")));
            return act.getAsBoolean();
        } finally {
            end(place);
        }
    }

    private static void end(Path place) {
        try {
            Files.createFile(place.resolve("end"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether it was done. */
    boolean done() {
        return acting.join();
    }

    @Override
    public void close() throws IOException {
        Files.write(config, original);
    }
}
