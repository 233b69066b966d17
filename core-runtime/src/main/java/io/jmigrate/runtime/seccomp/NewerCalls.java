package io.jmigrate.runtime.seccomp;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Instructions before a filter that answer ENOSYS to system calls with a greater number than any that the profile names. Their
 * author couldn't know of them; a C library takes ENOSYS for an old kernel and does without, but gives up on EPERM (runc,
 * libcontainer/seccomp/patchbpf).
 */
final class NewerCalls {
    private static final int ENOSYS = 38;

    /** Set in the numbers of x32's calls. */
    private static final int X32_BIT = 0x4000_0000;

    private static final int LOAD_WORD = 0x20;
    private static final int JUMP = 0x05;
    private static final int JUMP_IF_EQUAL = 0x15;
    private static final int JUMP_IF_GREATER = 0x25;
    private static final int JUMP_IF_NOT_LESS = 0x35;
    private static final int RETURN = 0x06;

    /** Of {@code struct seccomp_data}. */
    private static final int NUMBER_OFFSET = 0;

    private static final int ARCHITECTURE_OFFSET = 4;
    private static final int SECTION_INSTRUCTIONS = 7;

    private final ByteBuffer code;

    private NewerCalls(int sections) {
        this.code = ByteBuffer.allocate((1 + sections * SECTION_INSTRUCTIONS) * FilterProgram.INSTRUCTION_BYTES)
                .order(ByteOrder.nativeOrder());
    }

    /**
     * Whether such calls need an answer of their own: not where the default lets them through or says the same.
     */
    static boolean concern(Verdict defaultVerdict) {
        boolean already = defaultVerdict.action() == SeccompAction.ERRNO && defaultVerdict.errno() == ENOSYS;
        return !defaultVerdict.isPermissive() && !already;
    }

    /** @param greatest the greatest number that the profile names, for each of its architectures that has one */
    static byte[] refused(Map<SeccompArchitecture, Integer> greatest) {
        Map<SeccompArchitecture, Integer> sections = new TreeMap<>(greatest);
        Optional<Integer> x32 = Optional.ofNullable(sections.remove(SeccompArchitecture.X32));
        x32.ifPresent(_ -> sections.putIfAbsent(SeccompArchitecture.X86_64, 0));
        NewerCalls calls = new NewerCalls(sections.size());
        calls.instruction(LOAD_WORD, 0, 0, ARCHITECTURE_OFFSET);
        sections.forEach((architecture, number) -> calls.section(
                architecture, number, architecture == SeccompArchitecture.X86_64 ? x32 : Optional.empty()));
        return calls.code.array();
    }

    private void section(SeccompArchitecture architecture, int number, Optional<Integer> x32) {
        int x32Number = x32.map(n -> n | X32_BIT).orElse(-1); // -1: above all
        instruction(JUMP_IF_EQUAL, 0, SECTION_INSTRUCTIONS - 1, architecture.auditNumber());
        instruction(LOAD_WORD, 0, 0, NUMBER_OFFSET);
        instruction(JUMP_IF_GREATER, 3, 0, x32.isPresent() ? x32Number : number);
        instruction(JUMP_IF_NOT_LESS, 1, 0, x32.isPresent() ? X32_BIT : -1);
        instruction(JUMP_IF_GREATER, 1, 0, number);
        instruction(JUMP, 0, 0, code.remaining() / FilterProgram.INSTRUCTION_BYTES - 1);
        instruction(RETURN, 0, 0, new Verdict(SeccompAction.ERRNO, ENOSYS).bits());
    }

    /** {@code struct sock_filter}; jumps count the instructions that they skip. */
    private void instruction(int operation, int ifTrue, int ifFalse, int operand) {
        code.putShort((short) operation).put((byte) ifTrue).put((byte) ifFalse).putInt(operand);
    }
}
