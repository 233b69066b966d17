package io.jmigrate.runtime.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code struct msghdr} with one iovec and room for one SCM_RIGHTS control message (sendmsg(2), cmsg(3), unix(7)), as laid out
 * on 64-bit Linux.
 */
final class MessageHeader {
    private static final int IOV_OFFSET = 16;
    private static final int IOV_COUNT_OFFSET = 24;
    private static final int CONTROL_OFFSET = 32;
    private static final int CONTROL_LENGTH_OFFSET = 40;
    private static final int FLAGS_OFFSET = 48;
    private static final int HEADER_BYTES = 56;
    private static final int CONTROL_HEADER_BYTES = 16;
    private static final int SOL_SOCKET = 1;
    private static final int SCM_RIGHTS = 1;
    private static final int CONTROL_TRUNCATED = 8; // MSG_CTRUNC

    private final MemorySegment header;
    private final MemorySegment control;

    MessageHeader(Arena arena, MemorySegment data, int fdsMax) {
        header = arena.allocate(HEADER_BYTES, 8);
        MemorySegment iov = arena.allocate(16, 8);
        iov.set(ValueLayout.JAVA_LONG, 0, data.address());
        iov.set(ValueLayout.JAVA_LONG, 8, data.byteSize());
        control = arena.allocate(fdsMax == 0 ? 8 : aligned(CONTROL_HEADER_BYTES + 4L * fdsMax), 8);
        header.set(ValueLayout.JAVA_LONG, IOV_OFFSET, iov.address());
        header.set(ValueLayout.JAVA_LONG, IOV_COUNT_OFFSET, 1);
        header.set(ValueLayout.JAVA_LONG, CONTROL_OFFSET, fdsMax == 0 ? 0 : control.address());
        header.set(ValueLayout.JAVA_LONG, CONTROL_LENGTH_OFFSET, fdsMax == 0 ? 0 : control.byteSize());
    }

    private static long aligned(long bytes) {
        return (bytes + 7) & ~7L;
    }

    long address() {
        return header.address();
    }

    void attach(List<Fd> fds) {
        control.set(ValueLayout.JAVA_LONG, 0, CONTROL_HEADER_BYTES + 4L * fds.size());
        control.set(ValueLayout.JAVA_INT, 8, SOL_SOCKET);
        control.set(ValueLayout.JAVA_INT, 12, SCM_RIGHTS);
        for (int i = 0; i < fds.size(); i++) {
            control.set(
                    ValueLayout.JAVA_INT,
                    CONTROL_HEADER_BYTES + 4L * i,
                    fds.get(i).number());
        }
    }

    /** The descriptors that arrived; the kernel sends at most one control message of rights with one message. */
    List<Fd> attached() {
        List<Fd> fds = new ArrayList<>();
        long length = header.get(ValueLayout.JAVA_LONG, CONTROL_LENGTH_OFFSET);
        if (length >= CONTROL_HEADER_BYTES && control.get(ValueLayout.JAVA_INT, 12) == SCM_RIGHTS) {
            long end = Math.min(control.get(ValueLayout.JAVA_LONG, 0), length);
            for (long at = CONTROL_HEADER_BYTES; at + 4 <= end; at += 4) {
                fds.add(Fd.of(control.get(ValueLayout.JAVA_INT, at)));
            }
        }
        return fds;
    }

    /** Whether descriptors were lost because there were more than expected. */
    boolean truncated() {
        return (header.get(ValueLayout.JAVA_INT, FLAGS_OFFSET) & CONTROL_TRUNCATED) != 0;
    }
}
