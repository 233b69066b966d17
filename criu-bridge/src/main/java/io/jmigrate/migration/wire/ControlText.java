package io.jmigrate.migration.wire;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jmigrate.migration.MigrationId;
import io.jmigrate.runtime.failure.Failure;
import java.io.IOException;

/** Control messages as JSON of bounded depth and length, in one frame each. */
final class ControlText {
    private static final int DEPTH_MAX = 16;
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEPTH_MAX)
                            .maxStringLength(Frame.PAYLOAD_BYTES_MAX)
                            .build())
                    .build())
            .addMixIn(MigrationId.class, AsText.class)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);

    private ControlText() {}

    /** @throws Failure PEER_PROTOCOL if the message is too long for one frame */
    static Frame encode(ControlMessage message) {
        byte[] text = bytes(message);
        if (text.length > Frame.PAYLOAD_BYTES_MAX) {
            throw Protocol.broken("a message of " + text.length + " bytes");
        }
        return Frame.of(FrameType.CONTROL, Frame.NO_META, text);
    }

    private static byte[] bytes(ControlMessage message) {
        try {
            return JSON.writerFor(ControlMessage.class).writeValueAsBytes(message);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a message of plain values has a JSON form", e);
        }
    }

    /** @throws Failure PEER_PROTOCOL if it is no message */
    static ControlMessage decode(Frame frame) {
        if (frame.type() != FrameType.CONTROL) {
            throw Protocol.broken("data where a message belongs");
        }
        try {
            ControlMessage message = JSON.readValue(frame.content(), ControlMessage.class);
            if (message == null) {
                throw Protocol.broken("an empty message");
            }
            return message;
        } catch (IOException | IllegalArgumentException e) {
            throw Protocol.broken("a malformed message").withCause(e);
        }
    }

    /** A value that is written as its text. */
    private abstract static class AsText {
        @JsonValue
        abstract String value();

        @JsonCreator
        static MigrationId of(String value) {
            return new MigrationId(value);
        }
    }
}
