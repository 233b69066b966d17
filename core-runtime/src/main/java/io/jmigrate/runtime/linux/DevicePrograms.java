package io.jmigrate.runtime.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Programs that decide which devices the members of a v2 cgroup may use (bpf(2), BPF_PROG_TYPE_CGROUP_DEVICE). */
public final class DevicePrograms {
    private static final long BPF_PROG_LOAD = 5;
    private static final long BPF_PROG_ATTACH = 8;
    private static final int TYPE_CGROUP_DEVICE = 15;
    private static final int ATTACH_CGROUP_DEVICE = 6;
    private static final int ALLOW_MULTIPLE = 2;
    private static final int INSTRUCTION_BYTES = 8;
    /** Of {@code union bpf_attr}, as far as it is used here; the kernel takes the rest as zeros. */
    private static final int ATTRIBUTE_BYTES = 128;

    private DevicePrograms() {}

    /**
     * Has the kernel check a program and puts it before a cgroup, where it stays as long as the cgroup does. Programs that are there
     * or above stay: an access that one of them denies is denied.
     *
     * @param instructions eight bytes each
     * @throws LinuxException EINVAL or EACCES if the kernel doesn't take the program, EPERM for lack of privilege
     */
    public static void attach(ByteBuffer instructions, Path cgroup) {
        try (Fd directory = Descriptors.open(cgroup, OpenFlag.DIRECTORY);
                Fd program = load(instructions, cgroup)) {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment attribute = arena.allocate(ATTRIBUTE_BYTES, Long.BYTES);
                attribute.set(ValueLayout.JAVA_INT, 0, directory.number());
                attribute.set(ValueLayout.JAVA_INT, 4, program.number());
                attribute.set(ValueLayout.JAVA_INT, 8, ATTACH_CGROUP_DEVICE);
                attribute.set(ValueLayout.JAVA_INT, 12, ALLOW_MULTIPLE);
                SystemCall.BPF.on("attach to " + cgroup, BPF_PROG_ATTACH, attribute.address(), attribute.byteSize());
            }
        }
    }

    private static Fd load(ByteBuffer instructions, Path cgroup) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment code = arena.allocate(instructions.remaining(), Long.BYTES);
            code.asByteBuffer().put(instructions.duplicate());
            MemorySegment license = arena.allocateFrom("Apache-2.0", StandardCharsets.US_ASCII);
            MemorySegment attribute = arena.allocate(ATTRIBUTE_BYTES, Long.BYTES);
            attribute.set(ValueLayout.JAVA_INT, 0, TYPE_CGROUP_DEVICE);
            attribute.set(ValueLayout.JAVA_INT, 4, (int) (code.byteSize() / INSTRUCTION_BYTES));
            attribute.set(ValueLayout.JAVA_LONG, 8, code.address());
            attribute.set(ValueLayout.JAVA_LONG, 16, license.address());
            return Fd.of((int) SystemCall.BPF.restarting(
                    "load for " + cgroup, BPF_PROG_LOAD, attribute.address(), attribute.byteSize()));
        }
    }
}
