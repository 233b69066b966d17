package io.jmigrate.migration.wire;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Cuts a stream of bytes into frames, whatever pieces it comes in. Holds at most one frame, and takes no memory for a length
 * before it was found to be allowed. After a failure it refuses everything.
 */
final class FrameDecoder {
    private static final int FIRST_BYTES = 64 << 10;
    private static final int GROWTH = 4;

    private final ByteBuffer header = ByteBuffer.allocate(Frame.HEADER_BYTES);
    private FrameType type;
    private byte[] meta = Frame.EMPTY;
    private byte[] payload = Frame.EMPTY;
    private int metaFilled;
    private int payloadFilled;
    private int payloadLength;
    private int checksum;
    private int largest;
    private boolean inBody;
    private boolean broken;

    /**
     * Takes the next piece of the stream.
     *
     * @param piece consumed whole
     * @param frames gets every frame that this piece completes
     */
    void feed(ByteBuffer piece, Consumer<Frame> frames) {
        if (broken) {
            throw Protocol.broken("bytes after a broken frame");
        }
        broken = true;
        while (piece.hasRemaining()) {
            if (!inBody) {
                readHeader(piece);
            }
            if (inBody && readBody(piece)) {
                frames.accept(complete());
            }
        }
        broken = false;
    }

    /** Bytes held at this moment. */
    int heldBytes() {
        return Frame.HEADER_BYTES + meta.length + payload.length;
    }

    private void readHeader(ByteBuffer piece) {
        while (header.hasRemaining() && piece.hasRemaining()) {
            header.put(piece.get());
        }
        if (!header.hasRemaining()) {
            header.flip();
            judgeHeader();
            header.clear();
        }
    }

    private void judgeHeader() {
        int number = Byte.toUnsignedInt(header.get());
        type = FrameType.of(number).orElseThrow(() -> Protocol.broken("a frame of type " + number));
        if (header.get() != 0) {
            throw Protocol.broken("a frame header with unknown flags");
        }
        int metaLength = Short.toUnsignedInt(header.getShort());
        payloadLength = header.getInt();
        if (payloadLength < 0 || payloadLength > Frame.PAYLOAD_BYTES_MAX) {
            throw Protocol.broken("a frame of " + Integer.toUnsignedLong(payloadLength) + " bytes");
        }
        checksum = header.getInt();
        meta = new byte[metaLength];
        payload = new byte[Math.min(payloadLength, Math.max(FIRST_BYTES, largest))];
        metaFilled = 0;
        payloadFilled = 0;
        inBody = true;
    }

    private boolean readBody(ByteBuffer piece) {
        metaFilled += take(piece, meta, metaFilled, meta.length);
        if (metaFilled == meta.length) {
            makeRoom(Math.min(piece.remaining(), payloadLength - payloadFilled));
            payloadFilled += take(piece, payload, payloadFilled, payloadLength);
        }
        return metaFilled == meta.length && payloadFilled == payloadLength;
    }

    private static int take(ByteBuffer piece, byte[] into, int filled, int length) {
        int count = Math.min(piece.remaining(), length - filled);
        piece.get(into, filled, count);
        return count;
    }

    /** As much as a frame has had before is taken at once for the next. */
    private void makeRoom(int more) {
        if (payloadFilled + more > payload.length) {
            int room = Math.max(payloadFilled + more, GROWTH * payload.length);
            payload = Arrays.copyOf(payload, Math.min(payloadLength, room));
        }
    }

    private Frame complete() {
        if (Frame.checksum(header.array(), meta, payload) != checksum) {
            throw Protocol.broken("a frame with a wrong checksum");
        }
        Frame frame = new Frame(type, meta, payload);
        largest = Math.max(largest, payload.length);
        meta = Frame.EMPTY;
        payload = Frame.EMPTY;
        inBody = false;
        return frame;
    }
}
