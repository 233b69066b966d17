package io.jmigrate.archive.integrity;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A manifest as JSON (docs/archives.md). */
public final class ManifestDocument {
    /** Part of what is signed: keeps a signature from being taken for one of anything else. */
    private static final String FORMAT = "jmigrate checkpoint archive";

    private static final int VERSION = 1;
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    /** Whoever reads a document must not be able to take it for another one than whoever else reads it. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private ManifestDocument() {}

    /** UTF-8, indented. */
    public static byte[] write(Manifest manifest) {
        ObjectNode document = JSON.createObjectNode().put("format", FORMAT).put("version", VERSION);
        ArrayNode members = document.putArray("members");
        for (Member member : manifest.members()) {
            members.addObject()
                    .put("name", member.name())
                    .put("type", member.kind().word())
                    .put("size", member.sizeBytes())
                    .put("sha256", member.sha256());
        }
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(document);
        } catch (IOException e) {
            throw new UncheckedIOException("a tree of strings and numbers can always be written", e);
        }
    }

    /** @throws IOException if it isn't a manifest that this version knows; the message says why */
    public static Manifest read(byte[] json) throws IOException {
        JsonNode document = JSON.readTree(json);
        if (!document.path("format").asText().equals(FORMAT)) {
            throw new IOException("its format is not \"" + FORMAT + "\"");
        }
        JsonNode version = document.path("version");
        if (!version.isInt() || version.intValue() != VERSION) {
            throw new IOException("its version is not " + VERSION);
        }
        return manifest(members(document.path("members")));
    }

    private static Manifest manifest(List<Member> members) throws IOException {
        try {
            return new Manifest(members);
        } catch (IllegalArgumentException e) {
            throw new IOException("it lists a member twice", e);
        }
    }

    private static List<Member> members(JsonNode array) throws IOException {
        if (!array.isArray()) {
            throw new IOException("it lists no members");
        }
        List<Member> members = new ArrayList<>();
        for (JsonNode node : array) {
            members.add(member(node, members.size() + 1));
        }
        return members;
    }

    private static Member member(JsonNode node, int number) throws IOException {
        JsonNode name = node.path("name");
        JsonNode size = node.path("size");
        String sha256 = node.path("sha256").asText();
        Member.Kind kind = Member.Kind.of(node.path("type").asText())
                .orElseThrow(() -> new IOException("its entry " + number + " is of no type that there is"));
        if (!name.isTextual() || !size.canConvertToLong() || !size.isIntegralNumber()) {
            throw new IOException("its entry " + number + " has no name or no size");
        }
        if (!SHA256.matcher(sha256).matches()) {
            throw new IOException("its entry " + number + " has no SHA-256");
        }
        return new Member(name.textValue(), kind, size.longValue(), sha256);
    }
}
