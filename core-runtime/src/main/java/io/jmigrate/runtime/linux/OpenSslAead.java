package io.jmigrate.runtime.linux;

import io.jmigrate.runtime.linux.CryptoLibrary.Function;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.crypto.AEADBadTagException;

/**
 * Encrypts and decrypts whole messages by OpenSSL, one at a time. Messages are copied to memory outside of Java's heap and
 * back; a few contexts with such memory are kept for the next, as callers make a cipher for each message. What is held is freed with it.
 */
final class OpenSslAead {
    /** EVP_CTRL_AEAD_GET_TAG, EVP_CTRL_AEAD_SET_TAG (openssl/evp.h). */
    private static final long GET_TAG = 0x10;

    private static final long SET_TAG = 0x11;
    private static final int KEY_BYTES_MAX = 32;
    private static final int KEPT_MAX = 8;

    private static final Queue<OpenSslAead> KEPT = new ConcurrentLinkedQueue<>();

    private final CryptoLibrary library;
    private final long context;
    private final MemorySegment secret = Arena.ofAuto().allocate(KEY_BYTES_MAX + Aead.NONCE_BYTES);
    private final MemorySegment written = Arena.ofAuto().allocate(ValueLayout.JAVA_INT);
    private MemorySegment memory = MemorySegment.NULL;

    /**
     * A key, a nonce that it was never used with before, and what is authenticated besides the message.
     *
     * @param cipher that the key is for
     */
    record Setting(Function cipher, byte[] key, byte[] nonce, byte[] associated) {}

    /** What is done with a context that nobody else has meanwhile. */
    @FunctionalInterface
    interface Work<E extends Exception> {
        void with(OpenSslAead context) throws E;
    }

    private OpenSslAead(CryptoLibrary library) {
        this.library = library;
        this.context = library.context(this, Function.CIPHER_NEW, Function.CIPHER_FREE);
    }

    static <E extends Exception> void use(CryptoLibrary library, Work<E> work) throws E {
        OpenSslAead kept = KEPT.poll();
        OpenSslAead context = kept == null ? new OpenSslAead(library) : kept;
        try {
            work.with(context);
        } finally {
            context.forget();
            if (KEPT.size() < KEPT_MAX) {
                KEPT.add(context);
            }
        }
    }

    private void forget() {
        library.run(Function.CIPHER_RESET, context);
        secret.fill((byte) 0);
        memory.fill((byte) 0);
    }

    /** Writes the message encrypted and its tag. Both buffers may be of the same memory. */
    void seal(Setting setting, ByteBuffer message, ByteBuffer sealed) {
        int bytes = message.remaining();
        begin(Function.ENCRYPT_INIT, Function.ENCRYPT_UPDATE, setting, bytes);
        load(message);
        update(Function.ENCRYPT_UPDATE, memory.address(), bytes);
        long end = memory.address() + bytes;
        library.run(Function.ENCRYPT_FINISH, context, end, written.address());
        library.run(Function.CIPHER_CONTROL, context, GET_TAG, Aead.TAG_BYTES, end);
        store(sealed, bytes + Aead.TAG_BYTES);
    }

    /**
     * Writes the message that was encrypted; nothing of it before the tag was compared.
     *
     * @throws AEADBadTagException if the tag is another one
     */
    void open(Setting setting, ByteBuffer sealed, ByteBuffer message) throws AEADBadTagException {
        int bytes = sealed.remaining() - Aead.TAG_BYTES;
        begin(Function.DECRYPT_INIT, Function.DECRYPT_UPDATE, setting, bytes);
        load(sealed);
        long end = memory.address() + bytes;
        library.run(Function.CIPHER_CONTROL, context, SET_TAG, Aead.TAG_BYTES, end);
        update(Function.DECRYPT_UPDATE, memory.address(), bytes);
        if ((int) library.call(Function.DECRYPT_FINISH, context, end, written.address()) != 1) {
            throw new AEADBadTagException("the tag is not that of the message");
        }
        store(message, bytes);
    }

    private void begin(Function init, Function update, Setting setting, int bytes) {
        reserve(Math.max(bytes + Aead.TAG_BYTES, setting.associated.length));
        MemorySegment.copy(setting.key, 0, secret, ValueLayout.JAVA_BYTE, 0, setting.key.length);
        MemorySegment.copy(setting.nonce, 0, secret, ValueLayout.JAVA_BYTE, KEY_BYTES_MAX, Aead.NONCE_BYTES);
        long cipher = library.address(setting.cipher);
        library.run(init, context, cipher, 0, secret.address(), secret.address() + KEY_BYTES_MAX);
        if (setting.associated.length > 0) {
            MemorySegment.copy(setting.associated, 0, memory, ValueLayout.JAVA_BYTE, 0, setting.associated.length);
            update(update, 0, setting.associated.length);
        }
        Reference.reachabilityFence(secret);
    }

    private void reserve(int bytes) {
        if (memory.byteSize() < bytes) {
            memory = Arena.ofAuto().allocate(Math.max(bytes, 2 * memory.byteSize()));
        }
    }

    /** @param target an address in memory, or 0 for what is only authenticated */
    private void update(Function update, long target, int bytes) {
        if (bytes > 0) {
            library.run(update, context, target, written.address(), memory.address(), bytes);
        }
    }

    private void load(ByteBuffer from) {
        MemorySegment.copy(MemorySegment.ofBuffer(from), 0, memory, 0, from.remaining());
        from.position(from.limit());
    }

    private void store(ByteBuffer to, int bytes) {
        MemorySegment.copy(memory, 0, MemorySegment.ofBuffer(to), 0, bytes);
        to.position(to.position() + bytes);
    }
}
