package io.jmigrate.runtime.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;

/**
 * libseccomp, which compiles rules about system calls into filters (seccomp_init(3) and the pages that it names). Architectures and
 * actions are its numbers.
 */
public final class SeccompLibrary {
    /** {@code __NR_SCMP_ERROR}. */
    private static final int UNKNOWN = -1;

    private static final Map<Path, SeccompLibrary> LOADED = new ConcurrentHashMap<>();

    /** In the library its name is in lower case, after {@code seccomp_}. */
    enum Function {
        INIT,
        RELEASE,
        ARCH_NATIVE,
        ARCH_ADD,
        ATTR_SET,
        SYSCALL_RESOLVE_NAME_ARCH,
        RULE_ADD_ARRAY,
        EXPORT_BPF,
        VERSION;

        String symbol() {
            return "seccomp_" + name().toLowerCase(Locale.ROOT);
        }
    }

    private final Map<Function, Long> functions = new EnumMap<>(Function.class);

    private SeccompLibrary(Path file) {
        ForeignLibrary library = ForeignLibrary.open(file.toString())
                .orElseThrow(() -> new IllegalArgumentException(file + " can't be loaded"));
        for (Function function : Function.values()) {
            functions.put(
                    function,
                    library.function(function.symbol())
                            .orElseThrow(() -> new IllegalArgumentException(file + " has no " + function.symbol())));
        }
    }

    /**
     * Loads it, once in a program.
     *
     * @param file {@code libseccomp.so.2}, version 2.5 or newer
     * @throws IllegalArgumentException if it can't be loaded
     */
    public static SeccompLibrary load(Path file) {
        return LOADED.computeIfAbsent(file.toAbsolutePath(), SeccompLibrary::new);
    }

    /** The token of this host's architecture. */
    public int nativeArchitecture() {
        return (int) call(Function.ARCH_NATIVE);
    }

    /** For example {@code 2.5.4}. */
    @SuppressWarnings("restricted") // seccomp_version(3) points to three unsigned numbers
    public String version() {
        MemorySegment numbers = MemorySegment.ofAddress(call(Function.VERSION)).reinterpret(3 * Integer.BYTES);
        return numbers.get(ValueLayout.JAVA_INT, 0) + "." + numbers.get(ValueLayout.JAVA_INT, 4) + "."
                + numbers.get(ValueLayout.JAVA_INT, 8);
    }

    /**
     * The number of a system call.
     *
     * @return empty if the library doesn't know the name; negative if it only does for other architectures
     */
    public OptionalInt number(int architecture, String name) {
        try (Arena arena = Arena.ofConfined()) {
            long address = CStrings.of(arena, name).address();
            int number = (int) call(Function.SYSCALL_RESOLVE_NAME_ARCH, architecture, address);
            return number == UNKNOWN ? OptionalInt.empty() : OptionalInt.of(number);
        }
    }

    /** A filter without rules, for the host's architecture. */
    public SeccompRules rules(int defaultAction) {
        long context = call(Function.INIT, defaultAction);
        if (context == 0) {
            throw new IllegalArgumentException("libseccomp has no default action " + defaultAction);
        }
        return new SeccompRules(this, context);
    }

    /** Has a filter written to a file in memory, and reads it. */
    byte[] export(long context) {
        try (Fd file = Descriptors.memfd("filter", ByteBuffer.allocate(0), false)) {
            check("seccomp_export_bpf", "", call(Function.EXPORT_BPF, context, file.number()));
            ByteBuffer code = ByteBuffer.allocate(1 << 20);
            Descriptors.preadFully(file, code, 0); // or what there is
            byte[] bytes = new byte[code.flip().remaining()];
            code.get(bytes);
            return bytes;
        }
    }

    /** Results of the library are zero, or an errno below zero. */
    static void check(String function, String subject, long result) {
        if ((int) result < 0) {
            throw new LinuxException(function, new Errno(-(int) result), subject);
        }
    }

    long call(Function function, long... arguments) {
        return ForeignLibrary.call(functions.get(function), arguments);
    }
}
