package io.jmigrate.runtime.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;

/** Moves bytes between buffers and the kernel: direct buffers as they are, heap buffers through a bounded copy. */
final class Buffers {
    private static final int COPY_BYTES_MAX = 1 << 20;

    /** A call on (address, byte count) that returns the number of bytes moved. */
    interface Transfer {
        long move(long address, long bytes);
    }

    private Buffers() {}

    /** Fills the buffer from its position; advances the position by what the call moved and returns that. */
    static int fill(ByteBuffer target, Transfer call) {
        if (target.isDirect()) {
            return direct(target, call);
        }
        try (Arena arena = Arena.ofConfined()) {
            int bytes = Math.min(target.remaining(), COPY_BYTES_MAX);
            MemorySegment copy = arena.allocate(Math.max(bytes, 1));
            int moved = (int) call.move(copy.address(), bytes);
            target.put(copy.asSlice(0, moved).asByteBuffer());
            return moved;
        }
    }

    /** Offers the buffer's remaining bytes; advances the position by what the call took and returns that. */
    static int drain(ByteBuffer source, Transfer call) {
        if (source.isDirect()) {
            return direct(source, call);
        }
        try (Arena arena = Arena.ofConfined()) {
            int bytes = Math.min(source.remaining(), COPY_BYTES_MAX);
            MemorySegment copy = arena.allocate(Math.max(bytes, 1));
            copy.asByteBuffer().put(source.slice(source.position(), bytes));
            int moved = (int) call.move(copy.address(), bytes);
            source.position(source.position() + moved);
            return moved;
        }
    }

    private static int direct(ByteBuffer buffer, Transfer call) {
        try {
            int moved = (int) call.move(MemorySegment.ofBuffer(buffer).address(), buffer.remaining());
            buffer.position(buffer.position() + moved);
            return moved;
        } finally {
            Reference.reachabilityFence(buffer);
        }
    }
}
