package io.jmigrate.migration.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.MigrationId;
import io.jmigrate.migration.journal.Journals;
import io.jmigrate.migration.journal.Journals.Side;
import io.jmigrate.runtime.config.InterfaceConfig;
import io.jmigrate.runtime.container.ContainerRecord;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import io.jmigrate.runtime.network.NetworkAttachment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * What a network hook has begun on this node for one migration. It is written down beside the journal before the hook is called the first time,
 * with the hook itself, so that whoever recovers the migration calls the same one with the same words; where nothing is written down there is
 * nothing to do.
 *
 * @param side which end this node is
 */
record NetworkMove(MigrationHost host, MigrationId migration, Side side) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PROGRAM = "program";

    private Path file() {
        return Journals.at(host.root())
                .directory()
                .resolve(migration + "." + side.name().toLowerCase(Locale.ROOT) + ".network");
    }

    /** Writes down what is to be moved, if this node has a hook. @throws Failure JOURNAL */
    void begin(ContainerRecord container) {
        host.networkHook().ifPresent(program -> {
            ObjectNode call = call(container).put(PROGRAM, program.toString());
            try {
                Files.writeString(file(), call.toString());
            } catch (IOException e) {
                throw failure("write", e);
            }
        });
    }

    private ObjectNode call(ContainerRecord container) {
        ObjectNode call = JSON.createObjectNode()
                .put("role", side.name().toLowerCase(Locale.ROOT))
                .put("migration", migration.value())
                .put("container", container.id().value())
                .put(
                        "namespace",
                        container.networkNamespace().map(Path::toString).orElse(null));
        call.putArray("interfaces");
        host.containers().network(container).ifPresent(network -> network.interfaces()
                .forEach(each -> call.withArray("interfaces").add(described(network, each))));
        return call;
    }

    private static ObjectNode described(NetworkAttachment network, InterfaceConfig each) {
        ObjectNode described = JSON.createObjectNode()
                .put("name", each.name())
                .put("device", network.outer(each))
                .put("bridge", each.bridge())
                .put("mac", each.mac().orElse(null));
        each.addresses().forEach(described.putArray("addresses")::add);
        return described;
    }

    /** Calls the hook, if this has begun. @throws Failure HOOK_FAILED */
    void require(NetworkEvent event) {
        written().ifPresent(call -> {
            Path program = Path.of(call.remove(PROGRAM).asText());
            new NetworkHook(host.launcher(), program)
                    .call(event, call.put("event", event.word()).toString());
        });
    }

    /** The last call, after which there is nothing to do. That it fails is only told: nothing is changed by it any more. */
    void finish(NetworkEvent event) {
        try {
            require(event);
        } catch (Failure e) {
            host.containers().warn(String.join(": ", e.getMessage(), String.join("; ", e.details())));
        } finally {
            end();
        }
    }

    private Optional<ObjectNode> written() {
        try {
            JsonNode call = JSON.readTree(Files.readString(file()));
            return call instanceof ObjectNode object && object.hasNonNull(PROGRAM)
                    ? Optional.of(object)
                    : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty(); // whoever wrote it was killed in the midst of it: nothing had been called
        } catch (IOException e) {
            throw failure("read", e);
        }
    }

    private void end() {
        try {
            Files.deleteIfExists(file());
        } catch (IOException e) {
            throw failure("remove", e);
        }
    }

    private Failure failure(String what, IOException e) {
        return Failure.of(MigrationCode.JOURNAL, "cannot " + what + " " + file() + ": " + IoReason.of(e))
                .withCause(e);
    }
}
