package io.jmigrate.runtime.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;

/** Writes a tree without an object mapper. */
final class JsonTreeWriter {
    private JsonTreeWriter() {}

    static void write(JsonGenerator out, JsonNode node) throws IOException {
        switch (node.getNodeType()) {
            case OBJECT -> object(out, node);
            case ARRAY -> array(out, node);
            case STRING -> out.writeString(node.textValue());
            case NUMBER -> number(out, node);
            case BOOLEAN -> out.writeBoolean(node.booleanValue());
            case NULL -> out.writeNull();
            default -> throw new IllegalArgumentException("not JSON: " + node.getNodeType());
        }
    }

    private static void object(JsonGenerator out, JsonNode object) throws IOException {
        out.writeStartObject();
        for (var field : object.properties()) {
            out.writeFieldName(field.getKey());
            write(out, field.getValue());
        }
        out.writeEndObject();
    }

    private static void array(JsonGenerator out, JsonNode array) throws IOException {
        out.writeStartArray();
        for (JsonNode element : array) {
            write(out, element);
        }
        out.writeEndArray();
    }

    private static void number(JsonGenerator out, JsonNode number) throws IOException {
        switch (number.numberType()) {
            case INT -> out.writeNumber(number.intValue());
            case LONG -> out.writeNumber(number.longValue());
            case BIG_INTEGER -> out.writeNumber(number.bigIntegerValue());
            default -> out.writeNumber(number.decimalValue());
        }
    }
}
