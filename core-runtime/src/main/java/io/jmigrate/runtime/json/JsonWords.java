package io.jmigrate.runtime.json;

import com.fasterxml.jackson.databind.JsonNode;

/** Says what a JSON value is. */
final class JsonWords {
    private JsonWords() {}

    /** What a value is, for a sentence about what it should have been. */
    static String describe(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> "an object";
            case ARRAY -> "an array";
            case STRING -> "the string " + JsonPath.quote(value.textValue());
            case NUMBER -> cut(value.asText());
            default -> value.asText();
        };
    }

    private static String cut(String number) {
        return number.length() <= 40 ? number : number.substring(0, 40) + "…";
    }
}
