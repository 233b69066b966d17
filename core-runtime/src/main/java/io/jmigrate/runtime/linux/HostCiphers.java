package io.jmigrate.runtime.linux;

import java.security.Provider;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * ChaCha20-Poly1305 and AES-GCM of the host's OpenSSL for whoever takes ciphers from Java's interface. Our JVMs compile with C1 alone
 * (docs/adr/0010), which knows nothing of the processor's instructions for them: the JDK's take 14 s and more a gigabyte, OpenSSL's less
 * than one.
 */
public final class HostCiphers {
    private static final Optional<Provider> PROVIDER = CryptoLibrary.LOADED.map(OpenSslProvider::new);

    private HostCiphers() {}

    /** To be named where a cipher is made, or to be asked before others; empty where the host has no OpenSSL. */
    public static Optional<Provider> provider() {
        return PROVIDER;
    }

    private static final class OpenSslProvider extends Provider {
        private static final long serialVersionUID = 1L;

        OpenSslProvider(CryptoLibrary library) {
            super("jmigrate-OpenSSL", "1", "authenticated ciphers of the host's OpenSSL");
            for (Aead kind : Aead.values()) {
                putService(new CipherService(this, library, kind));
            }
        }
    }

    private static final class CipherService extends Provider.Service {
        private final CryptoLibrary library;
        private final Aead kind;

        CipherService(Provider provider, CryptoLibrary library, Aead kind) {
            super(
                    provider,
                    "Cipher",
                    kind.transformation(),
                    AeadCipher.class.getName(),
                    List.of(),
                    Map.of("SupportedKeyFormats", "RAW"));
            this.library = library;
            this.kind = kind;
        }

        @Override
        public Object newInstance(Object none) {
            return new AeadCipher(library, kind);
        }
    }
}
