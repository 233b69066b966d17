package io.jmigrate.migration.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.migration.MigrationId;
import io.jmigrate.migration.audit.AuditEvent.Deed;
import io.jmigrate.migration.audit.AuditEvent.Party;
import io.jmigrate.migration.audit.AuditEvent.Verdict;
import io.jmigrate.runtime.failure.Failure;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** An event as a line of JSON; what is absent has no field. */
public final class AuditText {
    private static final ObjectMapper JSON = new ObjectMapper();

    private AuditText() {}

    /** As a constant is written: {@code never-ran}. */
    public static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** One object, with the fields of {@link AuditEvent} in snake case and those of its party beside them. */
    public static ObjectNode json(AuditEvent event) {
        ObjectNode line = JSON.createObjectNode()
                .put("at", event.at().toString())
                .put("asked", word(event.deed()))
                .put("decision", word(event.verdict()));
        event.party().ifPresent(party -> line.put("address", party.address())
                .put("fingerprint", party.fingerprint())
                .put("peer", party.name()));
        event.migration().ifPresent(id -> line.put("migration", id.value()));
        event.container().ifPresent(name -> line.put("container", name));
        if (!event.reasons().isEmpty()) {
            event.reasons().forEach(line.putArray("reasons")::add);
        }
        event.bytes().ifPresent(bytes -> line.put("bytes", bytes));
        return line;
    }

    /** The event of a line; empty if it is none, as one that was torn by the end of its writer. */
    static Optional<AuditEvent> parse(String line) {
        try {
            JsonNode json = JSON.readTree(line);
            List<String> reasons = new ArrayList<>();
            json.path("reasons").forEach(reason -> reasons.add(reason.asText()));
            return Optional.of(new AuditEvent(
                    Instant.parse(json.path("at").asText()),
                    Deed.valueOf(constant(json, "asked")),
                    Verdict.valueOf(constant(json, "decision")),
                    text(json, "address")
                            .map(address -> new Party(
                                    address,
                                    json.path("fingerprint").asText(),
                                    json.path("peer").asText())),
                    text(json, "migration").map(MigrationId::new),
                    text(json, "container"),
                    reasons,
                    json.has("bytes") ? OptionalLong.of(json.path("bytes").asLong()) : OptionalLong.empty()));
        } catch (JsonProcessingException | DateTimeException | IllegalArgumentException | Failure e) {
            return Optional.empty(); // the reader counts it
        }
    }

    private static String constant(JsonNode json, String field) {
        return json.path(field).asText().toUpperCase(Locale.ROOT).replace('-', '_');
    }

    private static Optional<String> text(JsonNode json, String field) {
        return json.has(field) ? Optional.of(json.path(field).asText()) : Optional.empty();
    }
}
