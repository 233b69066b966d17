package io.jmigrate.runtime.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** What a terminal makes of the ends of lines (termios(3), TCGETS(2const)). */
public final class LineEnds {
    private static final long TCGETS = 0x5401;
    private static final long TCSETS = 0x5402;
    private static final long TERMIOS_BYTES = 36; // struct termios, asm-generic/termbits.h
    private static final long OUTPUT_FLAGS = 4; // its c_oflag
    private static final int ONLCR = 4;

    private LineEnds() {}

    /**
     * Has line ends come from the terminal as they were written to it: another one makes of them what it always does.
     *
     * @param terminal either end of it
     * @throws LinuxException ENOTTY
     */
    public static void keep(Fd terminal) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment settings = arena.allocate(TERMIOS_BYTES, Integer.BYTES);
            SystemCall.IOCTL.on("TCGETS", terminal.number(), TCGETS, settings.address());
            int flags = settings.get(ValueLayout.JAVA_INT, OUTPUT_FLAGS);
            settings.set(ValueLayout.JAVA_INT, OUTPUT_FLAGS, flags & ~ONLCR);
            SystemCall.IOCTL.on("TCSETS", terminal.number(), TCSETS, settings.address());
        }
    }
}
