package io.jmigrate.runtime.linux;

import io.jmigrate.runtime.linux.CryptoLibrary.Function;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;

/** By OpenSSL (EVP_EncryptInit(3ssl), "GCM and OCB modes": a message that is only authenticated). What it holds is freed with it. */
final class OpenSslGmac implements Gmac {
    /** EVP_CTRL_AEAD_GET_TAG (openssl/evp.h). */
    private static final long GET_TAG = 0x10;

    private final CryptoLibrary library;
    private final long context;
    private final MemorySegment nonce = Arena.ofAuto().allocate(Aead.NONCE_BYTES);
    private final MemorySegment tag = Arena.ofAuto().allocate(TAG_BYTES);
    private final MemorySegment written = Arena.ofAuto().allocate(ValueLayout.JAVA_INT);

    OpenSslGmac(CryptoLibrary library, byte[] key) {
        this.library = library;
        this.context = library.context(this, Function.CIPHER_NEW, Function.CIPHER_FREE);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment copy = arena.allocateFrom(ValueLayout.JAVA_BYTE, key);
            long cipher = library.address(Function.AES_128_GCM);
            library.run(Function.ENCRYPT_INIT, context, cipher, 0, copy.address(), nonce.address());
            copy.fill((byte) 0);
        }
    }

    @Override
    public void tag(ByteBuffer message, ByteBuffer into) {
        MemorySegment memory = outsideOfTheHeap(message);
        library.run(Function.ENCRYPT_INIT, context, 0, 0, 0, nonce.address());
        library.run(Function.ENCRYPT_UPDATE, context, 0, written.address(), memory.address(), memory.byteSize());
        library.run(Function.ENCRYPT_FINISH, context, tag.address(), written.address());
        library.run(Function.CIPHER_CONTROL, context, GET_TAG, TAG_BYTES, tag.address());
        Reference.reachabilityFence(memory);
        message.position(message.limit());
        into.put(tag.asByteBuffer());
    }

    private static MemorySegment outsideOfTheHeap(ByteBuffer message) {
        MemorySegment memory = MemorySegment.ofBuffer(message);
        return memory.isNative()
                ? memory
                : Arena.ofAuto().allocate(message.remaining()).copyFrom(memory);
    }
}
