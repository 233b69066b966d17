package io.jmigrate.migration.wire;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/**
 * Cuts a stream of bytes into frames, whatever pieces it comes in. Holds at most one frame, and takes no memory for a length
 * before it was found to be allowed. After a failure it refuses everything.
 */
final class FrameDecoder {
    private final Payloads payloads;
    private final ByteBuffer header = ByteBuffer.allocate(Frame.HEADER_BYTES);
    private final CRC32C crc = new CRC32C();
    private FrameType type;
    private ByteBuffer meta = ByteBuffer.allocate(0);
    private ByteBuffer payload = ByteBuffer.allocate(0);
    private int payloadLength;
    private int checksum;
    private int largest;
    private boolean inBody;
    private boolean broken;

    /** @param payloads where those of the frames come from; who gets a frame gives it back */
    FrameDecoder(Payloads payloads) {
        this.payloads = payloads;
    }

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
        return Frame.HEADER_BYTES + meta.capacity() + (inBody ? payload.capacity() : 0);
    }

    private void readHeader(ByteBuffer piece) {
        take(piece, header);
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
        meta = ByteBuffer.allocate(metaLength);
        crc.reset();
        crc.update(header.array(), 0, Frame.CHECKSUM_AT);
        payload = room(largest > Payloads.SMALL_BYTES ? payloadLength : Math.min(payloadLength, Payloads.SMALL_BYTES));
        inBody = true;
    }

    private ByteBuffer room(int bytes) {
        ByteBuffer buffer = payloads.take(bytes);
        return buffer.limit(Math.min(buffer.capacity(), payloadLength));
    }

    /** What has come is summed up while the processor has it at hand. */
    private boolean readBody(ByteBuffer piece) {
        crc.update(take(piece, meta));
        while (!meta.hasRemaining() && piece.hasRemaining() && payload.position() < payloadLength) {
            makeRoom();
            crc.update(take(piece, payload));
        }
        return !meta.hasRemaining() && payload.position() == payloadLength;
    }

    /** As much as there is, or has room. @return it, to be read once more */
    private static ByteBuffer take(ByteBuffer piece, ByteBuffer into) {
        int count = Math.min(piece.remaining(), into.remaining());
        ByteBuffer taken = piece.slice(piece.position(), count);
        into.put(into.position(), taken, 0, count).position(into.position() + count);
        piece.position(piece.position() + count);
        return taken;
    }

    /** A large payload gets large memory when as much has come as small memory holds, or one before it was large. */
    private void makeRoom() {
        if (!payload.hasRemaining()) {
            ByteBuffer full = payload.flip();
            payload = room(payloadLength).put(full);
            payloads.give(full);
        }
    }

    private Frame complete() {
        if ((int) crc.getValue() != checksum) {
            throw Protocol.broken("a frame with a wrong checksum");
        }
        largest = Math.max(largest, payloadLength);
        inBody = false;
        return new Frame(type, meta.array(), payload.flip());
    }
}
