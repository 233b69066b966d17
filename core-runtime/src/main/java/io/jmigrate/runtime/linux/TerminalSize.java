package io.jmigrate.runtime.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The size of a terminal's window in characters, as who draws it has told (ioctl_tty(2), TIOCGWINSZ); 0 if nobody has.
 */
public record TerminalSize(int rows, int columns) {
    private static final long TIOCGWINSZ = 0x5413; // asm-generic/ioctls.h
    /** struct winsize: ws_row, ws_col, and two that are not used. */
    private static final int FIELDS = 4;

    /** @throws LinuxException ENOTTY if it is no terminal */
    public static TerminalSize of(Fd terminal) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment size = arena.allocate(ValueLayout.JAVA_SHORT, FIELDS);
            SystemCall.IOCTL.on("TIOCGWINSZ", terminal.number(), TIOCGWINSZ, size.address());
            return new TerminalSize(
                    Short.toUnsignedInt(size.getAtIndex(ValueLayout.JAVA_SHORT, 0)),
                    Short.toUnsignedInt(size.getAtIndex(ValueLayout.JAVA_SHORT, 1)));
        }
    }
}
