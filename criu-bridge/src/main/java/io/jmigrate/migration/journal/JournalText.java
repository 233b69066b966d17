package io.jmigrate.migration.journal;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.jmigrate.migration.GroupId;
import io.jmigrate.migration.MigrationId;
import io.jmigrate.migration.state.DestinationState;
import io.jmigrate.migration.state.SourceState;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** Records as JSON. Unknown fields are an error: they come from a version that may mean something else. */
final class JournalText {
    private static final ObjectMapper JSON = new ObjectMapper()
            .registerModule(new Jdk8Module())
            .registerModule(texts())
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES);

    private JournalText() {}

    static byte[] of(Object entry) {
        try {
            return JSON.writeValueAsBytes(entry);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record of plain values has a JSON form", e);
        }
    }

    static <R> R parse(byte[] text, Class<R> type) throws IOException {
        R entry = JSON.readValue(text, type);
        if (entry == null) {
            throw new IOException("the file holds null");
        }
        return entry;
    }

    private static SimpleModule texts() {
        SimpleModule module = new SimpleModule();
        asText(module, MigrationId.class, MigrationId::value, text -> Optional.of(new MigrationId(text)));
        asText(module, GroupId.class, GroupId::value, text -> Optional.of(new GroupId(text)));
        asText(module, SourceState.class, StateNames::of, StateNames::source);
        asText(module, DestinationState.class, StateNames::of, StateNames::destination);
        asText(module, Instant.class, Instant::toString, JournalText::instant);
        return module;
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static <V> void asText(
            SimpleModule module, Class<V> type, Function<V, String> write, Function<String, Optional<V>> read) {
        module.addSerializer(type, new JsonSerializer<>() {
            @Override
            public void serialize(V value, JsonGenerator json, SerializerProvider provider) throws IOException {
                json.writeString(write.apply(value));
            }
        });
        module.addDeserializer(type, new JsonDeserializer<>() {
            @Override
            public V deserialize(JsonParser json, DeserializationContext context) throws IOException {
                String text = json.getText();
                return read.apply(text)
                        .orElseThrow(() -> new IOException("not a " + type.getSimpleName() + ": " + text));
            }
        });
    }
}
