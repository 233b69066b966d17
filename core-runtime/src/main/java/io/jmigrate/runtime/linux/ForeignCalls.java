package io.jmigrate.runtime.linux;

/**
 * Calls of C, through {@code libjmigrate.so} (native/java/foreign.c). Java looks for it in {@code java.library.path}. Pointers are
 * words, so what they point to has to be kept during the call by who calls.
 *
 * <p>The JVM's own way to do the same without C, the Foreign Function and Memory API, takes each JVM 60 to 100 ms to make
 * its first call (docs/adr/0011).
 */
@SuppressWarnings("restricted") // the library is the tree's own
final class ForeignCalls {
    static {
        System.loadLibrary("jmigrate");
    }

    private ForeignCalls() {}

    /** {@code syscall(2)}; a failure is the negative errno. */
    static native long systemCall(long number, long a, long b, long c, long d, long e, long f);

    /** {@code dlopen(3)} of the path at an address; 0 if the library can't be loaded. */
    static native long open(long path);

    /** {@code dlsym(3)} of the name at an address; 0 if there is none. */
    static native long symbol(long library, long name);

    /** Calls the function at an address with as many of the words as it takes. */
    static native long call(long function, long a, long b, long c, long d, long e);
}
