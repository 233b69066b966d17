package io.jmigrate.runtime.linux;

import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** OpenSSL's libcrypto, version 3 (EVP_DigestInit(3ssl)). */
final class CryptoLibrary {
    private static final String SONAME = "libcrypto.so.3";
    private static final int WORDS = 5;

    /** That of the host; empty if it has none. */
    static final Optional<CryptoLibrary> LOADED = load();

    /** With the name that it has in the library. */
    enum Function {
        SHA256("EVP_sha256"),
        CONTEXT_NEW("EVP_MD_CTX_new"),
        CONTEXT_FREE("EVP_MD_CTX_free"),
        INIT("EVP_DigestInit_ex"),
        UPDATE("EVP_DigestUpdate"),
        FINISH("EVP_DigestFinal_ex");

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
        Map<Function, Long> functions = new EnumMap<>(Function.class);
        try (Arena arena = Arena.ofConfined()) {
            long library = ForeignCalls.open(CStrings.of(arena, SONAME).address());
            if (library == 0) {
                return Optional.empty();
            }
            for (Function function : Function.values()) {
                functions.put(
                        function,
                        ForeignCalls.symbol(
                                library, CStrings.of(arena, function.symbol).address()));
            }
        }
        return functions.containsValue(0L) ? Optional.empty() : Optional.of(new CryptoLibrary(functions));
    }

    /** For a result that is an address. */
    long address(Function function, long... arguments) {
        long result = call(function, arguments);
        if (result == 0) {
            throw new IllegalStateException(function.symbol + " of " + SONAME + " failed");
        }
        return result;
    }

    /** For a result that is an int, 1 if all is well. */
    void run(Function function, long... arguments) {
        if ((int) call(function, arguments) != 1) {
            throw new IllegalStateException(function.symbol + " of " + SONAME + " failed");
        }
    }

    long call(Function function, long... arguments) {
        long[] words = Arrays.copyOf(arguments, WORDS);
        return ForeignCalls.call(functions.get(function), words[0], words[1], words[2], words[3], words[4]);
    }
}
