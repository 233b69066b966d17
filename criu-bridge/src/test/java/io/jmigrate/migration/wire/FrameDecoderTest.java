package io.jmigrate.migration.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.migration.MigrationCode;
import io.jmigrate.runtime.failure.Failure;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class FrameDecoderTest {
    private final FrameDecoder decoder = new FrameDecoder(new Payloads());

    private static final int META_BYTES_MAX = 0xffff; // its length has two bytes

    private static List<Frame> feed(FrameDecoder decoder, byte[] bytes, int piece) {
        List<Frame> frames = new ArrayList<>();
        for (int at = 0; at < bytes.length; at += piece) {
            decoder.feed(ByteBuffer.wrap(bytes, at, Math.min(piece, bytes.length - at)), frames::add);
        }
        return frames;
    }

    @Property(tries = 300)
    void findsTheFrameInWhateverPiecesItComes(
            @ForAll @Size(max = 300) byte[] meta,
            @ForAll @Size(max = 5000) byte[] payload,
            @ForAll @IntRange(min = 1, max = 700) int piece) {
        byte[] bytes = Frame.of(FrameType.PAGES, meta, payload).encode().array();
        List<Frame> frames = feed(new FrameDecoder(new Payloads()), bytes, piece);
        assertThat(frames).hasSize(1);
        assertThat(frames.getFirst().meta()).isEqualTo(meta);
        assertThat(frames.getFirst().content()).isEqualTo(payload);
    }

    @Property(tries = 2000)
    void answersAnyBytesWithFramesOrAFailureAndBoundedMemory(
            @ForAll @Size(max = 2000) byte[] bytes, @ForAll @IntRange(min = 1, max = 64) int piece) {
        FrameDecoder fresh = new FrameDecoder(new Payloads());
        try {
            feed(fresh, bytes, piece);
        } catch (Failure failure) {
            assertThat(failure.code()).isEqualTo(MigrationCode.PEER_PROTOCOL);
        }
        int smallestRoom = Frame.HEADER_BYTES + META_BYTES_MAX + Payloads.SMALL_BYTES;
        assertThat(fresh.heldBytes()).isLessThanOrEqualTo(smallestRoom + 2 * bytes.length);
    }

    @Property(tries = 500)
    void noticesEveryFlippedBit(@ForAll @Size(min = 1, max = 50) byte[] payload, @ForAll @IntRange(max = 7) int bit) {
        byte[] good =
                Frame.of(FrameType.IMAGE_DATA, new byte[] {1}, payload).encode().array();
        for (int at = 0; at < good.length; at++) {
            byte[] bad = good.clone();
            bad[at] ^= (byte) (1 << bit);
            assertThat(RecordedStream.wholeFrames(bad)).isEmpty();
        }
    }

    @Test
    void refusesALengthBeforeItTakesMemoryForIt() {
        ByteBuffer header =
                ByteBuffer.allocate(Frame.HEADER_BYTES).put((byte) 3).put((byte) 0);
        header.putShort((short) 0).putInt(Integer.MAX_VALUE).putInt(0).flip();
        assertThatThrownBy(() -> decoder.feed(header, frame -> {})).hasMessageContaining("a frame of 2147483647 bytes");
        assertThatThrownBy(() -> decoder.feed(ByteBuffer.allocate(1), frame -> {}))
                .isInstanceOf(Failure.class);
    }

    @Test
    void refusesTypesThatItDoesNotKnow() {
        assertThatThrownBy(() -> decoder.feed(ByteBuffer.allocate(Frame.HEADER_BYTES), frame -> {}))
                .hasMessageContaining("a frame of type 0");
    }
}
