package io.jmigrate.runtime.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.regex.Pattern;

/** Builds a tree from tokens. Its recursion is bounded by the parser's nesting limit. */
final class JsonTreeReader {
    /** How Jackson names a second place, as that of a bracket that is not closed. */
    private static final Pattern PLACE_OF_JACKSON = Pattern.compile("\\[Source: [^\\]]*?(line: \\d+, column: \\d+)]");

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final JsonParser parser;
    private final Problems problems;

    JsonTreeReader(JsonParser parser, Problems problems) {
        this.parser = parser;
        this.problems = problems;
    }

    /** The value whose first token is the parser's current one. */
    JsonNode value(String path) throws IOException, MalformedJsonException {
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> object(path);
            case START_ARRAY -> array(path);
            case VALUE_STRING -> NODES.textNode(parser.getText());
            case VALUE_NUMBER_INT -> integer();
            case VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDecimalValue());
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NULL -> NODES.nullNode();
            default -> throw malformed("unexpected " + token, parser.currentTokenLocation());
        };
    }

    private ObjectNode object(String path) throws IOException, MalformedJsonException {
        ObjectNode object = NODES.objectNode();
        while (next() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            String child = JsonPath.child(path, name);
            next();
            JsonNode value = value(child);
            if (object.has(name)) {
                problems.invalid(child, "given twice");
            } else {
                object.set(name, value);
            }
        }
        return object;
    }

    private ArrayNode array(String path) throws IOException, MalformedJsonException {
        ArrayNode array = NODES.arrayNode();
        while (next() != JsonToken.END_ARRAY) {
            array.add(value(JsonPath.element(path, array.size())));
        }
        return array;
    }

    private JsonNode integer() throws IOException {
        return switch (parser.getNumberType()) {
            case INT -> NODES.numberNode(parser.getIntValue());
            case LONG -> NODES.numberNode(parser.getLongValue());
            default -> NODES.numberNode(parser.getBigIntegerValue());
        };
    }

    private JsonToken next() throws IOException, MalformedJsonException {
        JsonToken token = parser.nextToken();
        if (token == null) {
            throw malformed("the text ends too early", parser.currentLocation());
        }
        return token;
    }

    static MalformedJsonException malformed(String message, JsonLocation where) {
        String oneLine = PLACE_OF_JACKSON
                .matcher(message.lines().findFirst().orElse("not JSON"))
                .replaceAll("$1");
        return where == null
                ? new MalformedJsonException(oneLine, 1, 1)
                : new MalformedJsonException(oneLine, Math.max(1, where.getLineNr()), Math.max(1, where.getColumnNr()));
    }
}
