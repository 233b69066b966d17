package io.jmigrate.runtime.seccomp;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** A program of classic BPF as the kernel takes it: {@code struct sock_filter} one after the other, immutable. */
public final class FilterProgram {
    /** Bytes of an instruction. */
    public static final int INSTRUCTION_BYTES = 8;
    /** {@code BPF_MAXINSNS}. */
    public static final int INSTRUCTIONS_MAX = 4096;

    private final byte[] code;

    private FilterProgram(byte[] code) {
        if (code.length == 0 || code.length % INSTRUCTION_BYTES != 0) {
            throw new IllegalArgumentException(code.length + " bytes are no filter");
        }
        this.code = code;
    }

    /** Several pieces, of which each goes on at the next one's start. */
    public static FilterProgram of(byte[]... pieces) {
        ByteBuffer whole = ByteBuffer.allocate(
                Arrays.stream(pieces).mapToInt(piece -> piece.length).sum());
        for (byte[] piece : pieces) {
            whole.put(piece);
        }
        return new FilterProgram(whole.array());
    }

    public int instructions() {
        return code.length / INSTRUCTION_BYTES;
    }

    /** A view that can't be written, in the host's byte order. */
    public ByteBuffer bytes() {
        return ByteBuffer.wrap(code).asReadOnlyBuffer().order(ByteOrder.nativeOrder());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FilterProgram program && Arrays.equals(code, program.code);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(code);
    }

    /** How long it is: {@code 1204 instructions}. */
    @Override
    public String toString() {
        return instructions() + " instructions";
    }
}
