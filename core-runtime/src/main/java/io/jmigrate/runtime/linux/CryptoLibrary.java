package io.jmigrate.runtime.linux;

import java.lang.ref.Cleaner;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** OpenSSL's libcrypto, version 3 (EVP_DigestInit(3ssl), EVP_EncryptInit(3ssl)). */
final class CryptoLibrary {
    private static final String SONAME = "libcrypto.so.3";
    private static final Cleaner CLEANER = Cleaner.create();

    /** That of the host; empty if it has none. */
    static final Optional<CryptoLibrary> LOADED = load();

    /** With the name that it has in the library. */
    enum Function {
        SHA256("EVP_sha256"),
        CONTEXT_NEW("EVP_MD_CTX_new"),
        CONTEXT_FREE("EVP_MD_CTX_free"),
        INIT("EVP_DigestInit_ex"),
        UPDATE("EVP_DigestUpdate"),
        FINISH("EVP_DigestFinal_ex"),
        CHACHA20_POLY1305("EVP_chacha20_poly1305"),
        AES_128_GCM("EVP_aes_128_gcm"),
        AES_256_GCM("EVP_aes_256_gcm"),
        CIPHER_NEW("EVP_CIPHER_CTX_new"),
        CIPHER_FREE("EVP_CIPHER_CTX_free"),
        CIPHER_RESET("EVP_CIPHER_CTX_reset"),
        CIPHER_CONTROL("EVP_CIPHER_CTX_ctrl"),
        ENCRYPT_INIT("EVP_EncryptInit_ex"),
        ENCRYPT_UPDATE("EVP_EncryptUpdate"),
        ENCRYPT_FINISH("EVP_EncryptFinal_ex"),
        DECRYPT_INIT("EVP_DecryptInit_ex"),
        DECRYPT_UPDATE("EVP_DecryptUpdate"),
        DECRYPT_FINISH("EVP_DecryptFinal_ex");

        private final String symbol;

        Function(String symbol) {
            this.symbol = symbol;
        }
    }

    private final Map<Function, Long> functions;

    private CryptoLibrary(Map<Function, Long> functions) {
        this.functions = functions;
    }

    private static Optional<CryptoLibrary> load() {
        return ForeignLibrary.open(SONAME).flatMap(library -> {
            Map<Function, Long> functions = new EnumMap<>(Function.class);
            for (Function function : Function.values()) {
                library.function(function.symbol).ifPresent(address -> functions.put(function, address));
            }
            return functions.size() == Function.values().length
                    ? Optional.of(new CryptoLibrary(functions))
                    : Optional.empty();
        });
    }

    /** For a result that is an address. */
    long address(Function function, long... arguments) {
        long result = call(function, arguments);
        if (result == 0) {
            throw new IllegalStateException(function.symbol + " of " + SONAME + " failed");
        }
        return result;
    }

    /** A new context, which is freed when its owner is gone. */
    long context(Object owner, Function make, Function free) {
        long made = address(make);
        CLEANER.register(owner, () -> call(free, made));
        return made;
    }

    /** For a result that is an int, 1 if all is well. */
    void run(Function function, long... arguments) {
        if ((int) call(function, arguments) != 1) {
            throw new IllegalStateException(function.symbol + " of " + SONAME + " failed");
        }
    }

    long call(Function function, long... arguments) {
        return ForeignLibrary.call(functions.get(function), arguments);
    }
}
