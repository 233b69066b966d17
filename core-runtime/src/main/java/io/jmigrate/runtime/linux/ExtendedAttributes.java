package io.jmigrate.runtime.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Extended attributes of files, binary, of the name itself and never of what a symbolic link points to (xattr(7)). */
public final class ExtendedAttributes {
    private static final int LIST_BYTES_MAX = 64 << 10;
    private static final int VALUE_BYTES_MAX = 64 << 10;
    private static final int EOPNOTSUPP = 95;

    private ExtendedAttributes() {}

    /** The names of a file's attributes; none if its file system has no attributes. */
    public static List<String> names(Path file) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment names = arena.allocate(LIST_BYTES_MAX);
            long path = CStrings.of(arena, file.toString()).address();
            long bytes = SystemCall.LLISTXATTR.raw(path, names.address(), names.byteSize());
            if (bytes == -EOPNOTSUPP) {
                return List.of();
            }
            if (bytes < 0) {
                throw new LinuxException("llistxattr", new Errno((int) -bytes), file.toString());
            }
            String text = StandardCharsets.UTF_8
                    .decode(names.asSlice(0, bytes).asByteBuffer())
                    .toString();
            return Stream.of(text.split("\0")).filter(name -> !name.isEmpty()).toList();
        }
    }

    public static byte[] get(Path file, String name) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocate(VALUE_BYTES_MAX);
            long path = CStrings.of(arena, file.toString()).address();
            long attribute = CStrings.of(arena, name).address();
            long bytes = SystemCall.LGETXATTR.on(file + " " + name, path, attribute, value.address(), value.byteSize());
            return value.asSlice(0, bytes).toArray(ValueLayout.JAVA_BYTE);
        }
    }

    /** Takes one away. @throws LinuxException ENODATA if there is none of that name */
    public static void remove(Path file, String name) {
        try (Arena arena = Arena.ofConfined()) {
            long path = CStrings.of(arena, file.toString()).address();
            SystemCall.LREMOVEXATTR.on(
                    file + " " + name, path, CStrings.of(arena, name).address());
        }
    }

    public static void set(Path file, String name, byte[] value) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = arena.allocate(Math.max(1, value.length));
            MemorySegment.copy(value, 0, bytes, ValueLayout.JAVA_BYTE, 0, value.length);
            long path = CStrings.of(arena, file.toString()).address();
            long attribute = CStrings.of(arena, name).address();
            SystemCall.LSETXATTR.on(file + " " + name, path, attribute, bytes.address(), value.length, 0);
        }
    }
}
