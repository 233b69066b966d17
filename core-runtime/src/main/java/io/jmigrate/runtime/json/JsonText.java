package io.jmigrate.runtime.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** JSON bytes to trees and back. */
public final class JsonText {
    /** Deeper documents are refused: nothing that this project reads nests further, and recursion needs a bound. */
    public static final int DEPTH_MAX = 64;

    /** Room for the largest string of a document: an annotation can be a document of its own. */
    private static final int STRING_CHARS_MAX = 8 << 20;

    static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEPTH_MAX)
                    .maxStringLength(STRING_CHARS_MAX)
                    .build())
            .build();

    private static final Separators AS_RUNC = Separators.createDefaultInstance()
            .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
            .withObjectEmptySeparator("")
            .withArrayEmptySeparator("");

    private JsonText() {}

    /**
     * Reads one JSON value (RFC 8259, UTF-8) that fills all of the bytes. A name that occurs twice in an object is noted as a
     * problem, and its first value is kept.
     *
     * @param path what to call the value in problems, {@link JsonPath#ROOT} for a document of its own
     * @throws MalformedJsonException if it isn't JSON, nests deeper than {@link #DEPTH_MAX}, or something follows the value
     */
    public static JsonNode parse(byte[] json, String path, Problems problems) throws MalformedJsonException {
        try (JsonParser parser = FACTORY.createParser(json)) {
            if (parser.nextToken() == null) {
                throw new MalformedJsonException("nothing but white space", 1, 1);
            }
            JsonNode tree = new JsonTreeReader(parser, problems).value(path);
            JsonToken extra = parser.nextToken();
            if (extra != null) {
                throw JsonTreeReader.malformed("something follows the JSON value", parser.currentTokenLocation());
            }
            return tree;
        } catch (JsonProcessingException e) {
            throw JsonTreeReader.malformed(e.getOriginalMessage(), e.getLocation());
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory", e);
        }
    }

    /** UTF-8, indented by two spaces, with the blanks that runC's JSON has, ending in a line feed. */
    public static byte[] pretty(JsonNode tree) {
        return write(tree, true);
    }

    /** UTF-8 on one line without a line end. */
    public static byte[] compact(JsonNode tree) {
        return write(tree, false);
    }

    private static byte[] write(JsonNode tree, boolean pretty) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator generator = FACTORY.createGenerator(bytes)) {
            if (pretty) {
                generator.setPrettyPrinter(
                        new DefaultPrettyPrinter(AS_RUNC).withArrayIndenter(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE));
            }
            JsonTreeWriter.write(generator, tree);
            if (pretty) {
                generator.writeRaw('\n');
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return bytes.toByteArray();
    }
}
