package io.jmigrate.runtime.linux;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.AlgorithmParameters;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.CipherSpi;
import javax.crypto.NoSuchPaddingException;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;

/**
 * A cipher of the host's OpenSSL behind Java's interface. It takes the whole message before it gives any of it, and has to be
 * initialized for each. What it doesn't know (other lengths of keys and nonces) it refuses, so that Java's own cipher is taken.
 */
final class AeadCipher extends CipherSpi {
    private static final byte[] NOTHING = new byte[0];

    private final CryptoLibrary library;
    private final Aead kind;
    private final ByteArrayOutputStream associated = new ByteArrayOutputStream();
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
    private Optional<OpenSslAead.Setting> setting = Optional.empty();
    private boolean sealing;

    AeadCipher(CryptoLibrary library, Aead kind) {
        this.library = library;
        this.kind = kind;
    }

    @Override
    protected void engineSetMode(String mode) throws NoSuchAlgorithmException {
        throw new NoSuchAlgorithmException(mode);
    }

    @Override
    protected void engineSetPadding(String padding) throws NoSuchPaddingException {
        throw new NoSuchPaddingException(padding);
    }

    @Override
    protected int engineGetBlockSize() {
        return 0;
    }

    @Override
    protected int engineGetOutputSize(int bytes) {
        int all = pending.size() + bytes;
        return sealing ? all + Aead.TAG_BYTES : Math.max(0, all - Aead.TAG_BYTES);
    }

    @Override
    protected byte[] engineGetIV() {
        return setting.map(each -> each.nonce().clone()).orElse(null);
    }

    @Override
    protected AlgorithmParameters engineGetParameters() {
        return null;
    }

    @Override
    protected void engineInit(int mode, Key key, SecureRandom random) throws InvalidKeyException {
        throw new InvalidKeyException("a nonce is needed");
    }

    @Override
    protected void engineInit(int mode, Key key, AlgorithmParameters parameters, SecureRandom random)
            throws InvalidAlgorithmParameterException {
        throw new InvalidAlgorithmParameterException("a nonce is needed as it is");
    }

    @Override
    protected void engineInit(int mode, Key key, AlgorithmParameterSpec parameters, SecureRandom random)
            throws InvalidKeyException, InvalidAlgorithmParameterException {
        if (mode != Cipher.ENCRYPT_MODE && mode != Cipher.DECRYPT_MODE) {
            throw new InvalidAlgorithmParameterException("keys are not wrapped");
        }
        byte[] nonce = nonce(parameters);
        byte[] bytes = key.getEncoded() == null ? NOTHING : key.getEncoded();
        CryptoLibrary.Function cipher = kind.forKeyOf(bytes.length)
                .orElseThrow(
                        () -> new InvalidKeyException("there is no cipher for a key of " + bytes.length + " bytes"));
        associated.reset();
        pending.reset();
        sealing = mode == Cipher.ENCRYPT_MODE;
        setting = Optional.of(new OpenSslAead.Setting(cipher, bytes, nonce, NOTHING));
    }

    private byte[] nonce(AlgorithmParameterSpec parameters) throws InvalidAlgorithmParameterException {
        byte[] nonce =
                switch (parameters) {
                    case IvParameterSpec iv when kind == Aead.CHACHA20_POLY1305 -> iv.getIV();
                    case GCMParameterSpec gcm
                    when kind == Aead.AES_GCM && gcm.getTLen() == Aead.TAG_BYTES * Byte.SIZE -> gcm.getIV();
                    case null, default ->
                        throw new InvalidAlgorithmParameterException("not the parameters of this cipher");
                };
        if (nonce.length != Aead.NONCE_BYTES) {
            throw new InvalidAlgorithmParameterException("a nonce has " + Aead.NONCE_BYTES + " bytes");
        }
        return nonce;
    }

    @Override
    protected void engineUpdateAAD(byte[] bytes, int offset, int length) {
        associated.write(bytes, offset, length);
    }

    @Override
    protected void engineUpdateAAD(ByteBuffer bytes) {
        associated.writeBytes(taken(bytes));
    }

    private static byte[] taken(ByteBuffer bytes) {
        byte[] taken = new byte[bytes.remaining()];
        bytes.get(taken);
        return taken;
    }

    @Override
    protected byte[] engineUpdate(byte[] bytes, int offset, int length) {
        pending.write(bytes, offset, length);
        return NOTHING;
    }

    @Override
    protected int engineUpdate(byte[] bytes, int offset, int length, byte[] output, int outputOffset) {
        pending.write(bytes, offset, length);
        return 0;
    }

    @Override
    protected int engineUpdate(ByteBuffer input, ByteBuffer output) {
        pending.writeBytes(taken(input));
        return 0;
    }

    @Override
    protected byte[] engineDoFinal(byte[] bytes, int offset, int length) throws AEADBadTagException {
        ByteBuffer output = ByteBuffer.allocate(engineGetOutputSize(length));
        finish(input(bytes, offset, length), output);
        return output.array();
    }

    @Override
    protected int engineDoFinal(byte[] bytes, int offset, int length, byte[] output, int outputOffset)
            throws ShortBufferException, AEADBadTagException {
        return engineDoFinal(
                input(bytes, offset, length), ByteBuffer.wrap(output, outputOffset, output.length - outputOffset));
    }

    /** @param bytes may be null if there are none */
    private static ByteBuffer input(byte[] bytes, int offset, int length) {
        return length == 0 ? ByteBuffer.wrap(NOTHING) : ByteBuffer.wrap(bytes, offset, length);
    }

    @Override
    protected int engineDoFinal(ByteBuffer input, ByteBuffer output) throws ShortBufferException, AEADBadTagException {
        int bytes = engineGetOutputSize(input.remaining());
        if (output.remaining() < bytes) {
            throw new ShortBufferException("the output has " + bytes + " bytes");
        }
        finish(input, output);
        return bytes;
    }

    private void finish(ByteBuffer last, ByteBuffer output) throws AEADBadTagException {
        OpenSslAead.Setting begun =
                setting.orElseThrow(() -> new IllegalStateException("initialize it for each message"));
        OpenSslAead.Setting whole =
                new OpenSslAead.Setting(begun.cipher(), begun.key(), begun.nonce(), associated.toByteArray());
        ByteBuffer input = pending.size() == 0 ? last : joined(last);
        boolean seals = sealing;
        setting = Optional.empty(); // no nonce is used twice
        pending.reset();
        if (!seals && input.remaining() < Aead.TAG_BYTES) {
            throw new AEADBadTagException("there is no tag");
        }
        OpenSslAead.<AEADBadTagException>use(library, context -> {
            if (seals) {
                context.seal(whole, input, output);
            } else {
                context.open(whole, input, output);
            }
        });
    }

    private ByteBuffer joined(ByteBuffer last) {
        pending.writeBytes(taken(last));
        return ByteBuffer.wrap(pending.toByteArray());
    }
}
