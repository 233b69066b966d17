package io.jmigrate.pages.fill;

import io.jmigrate.pages.WipedRange;
import io.jmigrate.runtime.linux.Descriptors;
import io.jmigrate.runtime.linux.Fd;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** What forked children don't get, as {@code jmigrate-fill} reads it (native/fill/wiped.h). */
final class WipedTable {
    static final int NUMBER = 7;
    private static final int RANGE_BYTES = 24;

    private WipedTable() {}

    /** In memory. */
    static Fd of(List<WipedRange> ranges) {
        ByteBuffer content = ByteBuffer.allocate(Math.multiplyExact(ranges.size(), RANGE_BYTES))
                .order(ByteOrder.nativeOrder());
        for (WipedRange range : ranges) {
            content.putInt(Math.toIntExact(range.process().id()))
                    .putInt(0)
                    .putLong(range.start())
                    .putLong(range.end());
        }
        return Descriptors.memfd("wiped-table", content.flip(), false);
    }
}
