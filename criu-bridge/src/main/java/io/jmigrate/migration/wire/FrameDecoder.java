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

    private final ByteBuffer header = ByteBuffer.allocate(Frame.HEADER_BYTES);
    private FrameType type;
    private byte[] body = Frame.EMPTY;
    private int bodyLength;
    private int metaLength;
    private int checksum;
    private int filled;
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
        return Frame.HEADER_BYTES + body.length;
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
        metaLength = Short.toUnsignedInt(header.getShort());
        int payloadLength = header.getInt();
        if (payloadLength < 0 || payloadLength > Frame.PAYLOAD_BYTES_MAX) {
            throw Protocol.broken("a frame of " + Integer.toUnsignedLong(payloadLength) + " bytes");
        }
        checksum = header.getInt();
        bodyLength = metaLength + payloadLength;
        body = new byte[Math.min(bodyLength, FIRST_BYTES)];
        filled = 0;
        inBody = true;
    }

    private boolean readBody(ByteBuffer piece) {
        int count = Math.min(piece.remaining(), bodyLength - filled);
        if (filled + count > body.length) {
            body = Arrays.copyOf(body, Math.min(bodyLength, Math.max(filled + count, 4 * body.length)));
        }
        piece.get(body, filled, count);
        filled += count;
        return filled == bodyLength;
    }

    private Frame complete() {
        byte[] meta = Arrays.copyOf(body, metaLength);
        byte[] payload = Arrays.copyOfRange(body, metaLength, bodyLength);
        if (Frame.checksum(meta, payload) != checksum) {
            throw Protocol.broken("a frame with a wrong checksum");
        }
        body = Frame.EMPTY;
        inBody = false;
        return new Frame(type, meta, payload);
    }
}
