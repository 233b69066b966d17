package io.jmigrate.runtime.cgroup;

import java.nio.ByteBuffer;

/**
 * One instruction of eBPF (kernel documentation, bpf/standardization/instruction-set.rst), on 32 bits: registers are 0 to 10, jumps
 * go forward over a number of instructions.
 */
record BpfInstruction(int code, int target, int source, int offset, int immediate) {
    static final int BYTES = 8;

    private static final int LOAD_WORD = 0x61;
    private static final int COPY = 0xbc;
    private static final int SET = 0xb4;
    private static final int AND = 0x54;
    private static final int SHIFT_RIGHT = 0x74;
    private static final int JUMP_IF = 0x16;
    private static final int JUMP_IF_NOT = 0x56;
    private static final int END = 0x95;

    /** Reads a word at an address, which a register holds, plus an offset in bytes. */
    static BpfInstruction load(int target, int address, int offset) {
        return new BpfInstruction(LOAD_WORD, target, address, offset, 0);
    }

    static BpfInstruction copy(int target, int source) {
        return new BpfInstruction(COPY, target, source, 0, 0);
    }

    static BpfInstruction set(int target, int value) {
        return new BpfInstruction(SET, target, 0, 0, value);
    }

    static BpfInstruction and(int target, int mask) {
        return new BpfInstruction(AND, target, 0, 0, mask);
    }

    static BpfInstruction shiftRight(int target, int bits) {
        return new BpfInstruction(SHIFT_RIGHT, target, 0, 0, bits);
    }

    static BpfInstruction jumpIf(int register, int value, int skipped) {
        return new BpfInstruction(JUMP_IF, register, 0, skipped, value);
    }

    static BpfInstruction jumpIfNot(int register, int value, int skipped) {
        return new BpfInstruction(JUMP_IF_NOT, register, 0, skipped, value);
    }

    /** Ends the program; register 0 is its answer. */
    static BpfInstruction end() {
        return new BpfInstruction(END, 0, 0, 0, 0);
    }

    /** Writes {@code struct bpf_insn}; the two registers share a byte, the target in its lower half on a little-endian machine. */
    void write(ByteBuffer out) {
        out.put((byte) code)
                .put((byte) (source << 4 | target))
                .putShort((short) offset)
                .putInt(immediate);
    }
}
