package io.jmigrate.runtime.linux;

import io.jmigrate.runtime.linux.CryptoLibrary.Function;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.security.MessageDigest;

/** SHA-256 by OpenSSL. What it holds is freed with it. */
final class OpenSslSha256 extends MessageDigest {
    private static final int DIGEST_BYTES = 32;
    /** What lies in Java's heap is copied in pieces of this size: they stay in the processor's cache. */
    private static final int PIECE_BYTES = 64 << 10;

    private final CryptoLibrary library;
    private final long context;
    private final MemorySegment piece = Arena.ofAuto().allocate(PIECE_BYTES);

    OpenSslSha256(CryptoLibrary library) {
        super("SHA-256");
        this.library = library;
        this.context = library.context(this, Function.CONTEXT_NEW, Function.CONTEXT_FREE);
        engineReset();
    }

    @Override
    protected void engineReset() {
        library.run(Function.INIT, context, library.address(Function.SHA256), 0);
    }

    @Override
    protected int engineGetDigestLength() {
        return DIGEST_BYTES;
    }

    @Override
    protected void engineUpdate(byte value) {
        piece.set(ValueLayout.JAVA_BYTE, 0, value);
        update(piece, 1);
    }

    @Override
    protected void engineUpdate(byte[] bytes, int offset, int length) {
        for (int done = 0; done < length; ) {
            int count = Math.min(PIECE_BYTES, length - done);
            MemorySegment.copy(bytes, offset + done, piece, ValueLayout.JAVA_BYTE, 0, count);
            update(piece, count);
            done += count;
        }
    }

    @Override
    protected void engineUpdate(ByteBuffer bytes) {
        if (bytes.isDirect()) {
            update(MemorySegment.ofBuffer(bytes), bytes.remaining());
            bytes.position(bytes.limit());
        } else {
            super.engineUpdate(bytes);
        }
    }

    private void update(MemorySegment memory, long length) {
        library.run(Function.UPDATE, context, memory.address(), length);
        Reference.reachabilityFence(memory);
    }

    @Override
    protected byte[] engineDigest() {
        library.run(Function.FINISH, context, piece.address(), 0);
        byte[] digest = piece.asSlice(0, DIGEST_BYTES).toArray(ValueLayout.JAVA_BYTE);
        engineReset();
        return digest;
    }
}
