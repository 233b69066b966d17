package io.jmigrate.pages.track;

import io.jmigrate.pages.live.ProcessPages;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * By what a process's memory is known: the random bytes that the kernel gives to each program that is executed (getauxval(3),
 * AT_RANDOM). When the process executes another program, also the same once more, its memory has another mark.
 *
 * @param address of the bytes
 * @param bytes that were there
 */
record MemoryMark(long address, byte[] bytes) {
    private static final long AT_RANDOM = 25;
    private static final int BYTES = 16;
    private static final byte[] NONE = {};

    /** @throws IOException if there is none: the process has ended, or is about to begin */
    static MemoryMark of(int pid, ProcessPages pages) throws IOException {
        ByteBuffer entries = ByteBuffer.wrap(Files.readAllBytes(Path.of("/proc/" + pid + "/auxv")))
                .order(ByteOrder.nativeOrder());
        while (entries.remaining() >= 2 * Long.BYTES) {
            long type = entries.getLong();
            long value = entries.getLong();
            byte[] bytes = type == AT_RANDOM ? pages.bytes(value, BYTES) : NONE;
            if (bytes.length == BYTES) {
                return new MemoryMark(value, bytes);
            }
        }
        throw new NoSuchFileException("its memory has no mark");
    }

    boolean isIn(ProcessPages pages) {
        return Arrays.equals(bytes, pages.bytes(address, BYTES));
    }
}
