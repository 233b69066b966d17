package io.jmigrate.runtime.seccomp;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Runs a filter as the kernel does, on one system call (seccomp(2); Linux, net/core/filter.c). */
final class FilterMachine {
    private static final int INSTRUCTIONS_MAX = 100_000;

    private final FilterProgram program;

    FilterMachine(FilterProgram program) {
        this.program = program;
    }

    /** What the filter returns. */
    int judge(SeccompArchitecture architecture, int number, long... arguments) {
        ByteBuffer data = ByteBuffer.allocate(64).order(ByteOrder.nativeOrder());
        data.putInt(number).putInt(architecture.auditNumber()).putLong(0);
        for (long argument : arguments) {
            data.putLong(argument);
        }
        return run(data);
    }

    private int run(ByteBuffer data) {
        ByteBuffer code = program.bytes();
        int accumulator = 0;
        int at = 0;
        for (int i = 0; i < INSTRUCTIONS_MAX; i++) {
            int operation = code.getShort(at * 8) & 0xffff;
            int ifTrue = code.get(at * 8 + 2) & 0xff;
            int ifFalse = code.get(at * 8 + 3) & 0xff;
            int operand = code.getInt(at * 8 + 4);
            at++;
            switch (operation) {
                case 0x20 -> accumulator = data.getInt(operand);
                case 0x54 -> accumulator &= operand;
                case 0x05 -> at += operand;
                case 0x15 -> at += accumulator == operand ? ifTrue : ifFalse;
                case 0x25 -> at += Integer.compareUnsigned(accumulator, operand) > 0 ? ifTrue : ifFalse;
                case 0x35 -> at += Integer.compareUnsigned(accumulator, operand) >= 0 ? ifTrue : ifFalse;
                case 0x45 -> at += (accumulator & operand) != 0 ? ifTrue : ifFalse;
                case 0x06 -> {
                    return operand;
                }
                default -> throw new AssertionError("operation " + Integer.toHexString(operation));
            }
        }
        throw new AssertionError("no end");
    }
}
