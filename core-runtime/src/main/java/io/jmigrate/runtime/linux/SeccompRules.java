package io.jmigrate.runtime.linux;

import io.jmigrate.runtime.linux.SeccompLibrary.Function;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/** A filter that libseccomp is about to compile. Must be closed. */
public final class SeccompRules implements AutoCloseable {
    /** {@code SCMP_FLTATR_CTL_OPTIMIZE}: 1 sorts by priority, 2 makes a binary tree. */
    private static final int OPTIMIZE = 8;

    private static final int BINARY_TREE = 2;
    /** {@code struct scmp_arg_cmp}: u32 argument, u32 operator, u64, u64. */
    private static final long COMPARISON_BYTES = 24;

    private static final int EEXIST = 17;

    private final SeccompLibrary library;
    private final long context;

    SeccompRules(SeccompLibrary library, long context) {
        this.library = library;
        this.context = context;
    }

    /**
     * One comparison of an argument.
     *
     * @param argument 0 to 5
     * @param operator of {@code enum scmp_compare}
     * @param first value, or mask
     * @param second what a masked argument has to equal
     */
    public record Comparison(int argument, int operator, long first, long second) {}

    /**
     * Adds an architecture, unless it is there.
     *
     * @throws LinuxException EINVAL if this libseccomp doesn't know it, EDOM if its byte order is not the host's
     */
    public void addArchitecture(int architecture, String name) {
        long result = library.call(Function.ARCH_ADD, context, architecture);
        if ((int) result != -EEXIST) {
            SeccompLibrary.check("add architecture", name, result);
        }
    }

    /** Has the program search a binary tree: fewer instructions a call where there are many rules. */
    public void arrangeAsTree() {
        SeccompLibrary.check(
                "seccomp_attr_set", "optimize", library.call(Function.ATTR_SET, context, OPTIMIZE, BINARY_TREE));
    }

    /**
     * Adds a rule for a system call, on every architecture that has it. One that is there already stays.
     *
     * @param number on the host's architecture
     * @param name for a failure
     * @param comparisons that must all hold, at most one for each argument
     */
    public void add(int action, int number, String name, List<Comparison> comparisons) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment array = arena.allocate(COMPARISON_BYTES * Math.max(1, comparisons.size()), Long.BYTES);
            for (int i = 0; i < comparisons.size(); i++) {
                write(array.asSlice(i * COMPARISON_BYTES, COMPARISON_BYTES), comparisons.get(i));
            }
            long result =
                    library.call(Function.RULE_ADD_ARRAY, context, action, number, comparisons.size(), array.address());
            if ((int) result != -EEXIST) {
                SeccompLibrary.check("add a seccomp rule for", name, result);
            }
        }
    }

    private static void write(MemorySegment at, Comparison comparison) {
        at.set(ValueLayout.JAVA_INT, 0, comparison.argument());
        at.set(ValueLayout.JAVA_INT, 4, comparison.operator());
        at.set(ValueLayout.JAVA_LONG, 8, comparison.first());
        at.set(ValueLayout.JAVA_LONG, 16, comparison.second());
    }

    /** The program: {@code struct sock_filter} one after the other. */
    public byte[] compile() {
        return library.export(context);
    }

    @Override
    public void close() {
        library.call(Function.RELEASE, context);
    }
}
