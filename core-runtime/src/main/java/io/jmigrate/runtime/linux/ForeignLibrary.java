package io.jmigrate.runtime.linux;

import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/** A shared library of the host, whose functions are called with at most five words. It stays loaded. */
final class ForeignLibrary {
    private static final int WORDS = 5;

    private final long handle;

    private ForeignLibrary(long handle) {
        this.handle = handle;
    }

    /**
     * Loads it.
     *
     * @param name a path, or a name that dlopen(3) looks for
     * @return empty if it can't be loaded
     */
    static Optional<ForeignLibrary> open(String name) {
        try (Arena arena = Arena.ofConfined()) {
            long handle = ForeignCalls.open(CStrings.of(arena, name).address());
            return handle == 0 ? Optional.empty() : Optional.of(new ForeignLibrary(handle));
        }
    }

    /** The address of a function, for {@link #call}; empty if the library has none of that name. */
    OptionalLong function(String symbol) {
        try (Arena arena = Arena.ofConfined()) {
            long address =
                    ForeignCalls.symbol(handle, CStrings.of(arena, symbol).address());
            return address == 0 ? OptionalLong.empty() : OptionalLong.of(address);
        }
    }

    /** Calls a function at an address with as many words as it takes. */
    static long call(long function, long... arguments) {
        long[] words = Arrays.copyOf(arguments, WORDS);
        return ForeignCalls.call(function, words[0], words[1], words[2], words[3], words[4]);
    }
}
