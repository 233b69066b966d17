package io.jmigrate.pages.fill;

import io.jmigrate.pages.LaterFile;
import io.jmigrate.pages.StoredRun;
import io.jmigrate.runtime.linux.Descriptors;
import io.jmigrate.runtime.linux.Fd;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Files that {@code jmigrate-fill} reads pages from, and the table that tells what is where (native/fill/stored.h).
 *
 * @param table in memory, closed with this
 * @param files by the numbers that they have there, the table's included; only that is closed with this
 */
record FilledFiles(Fd table, Map<Integer, Fd> files) implements AutoCloseable {
    private static final int RUN_BYTES = 32;
    private static final int FIRST_NUMBER = 16;
    private static final int COME_NUMBER = 6;
    /** Of a number in the table: the bitmap tells which pages of the file are there. */
    private static final int LATER = 1 << 30;

    /** @param runs in ascending order by process and address @param later the file among theirs whose pages come later */
    static FilledFiles of(List<StoredRun> runs, Optional<LaterFile> later) {
        Map<Fd, Integer> numbers = new HashMap<>();
        ByteBuffer content =
                ByteBuffer.allocate(Math.multiplyExact(runs.size(), RUN_BYTES)).order(ByteOrder.nativeOrder());
        for (StoredRun stored : runs) {
            content.putInt(Math.toIntExact(stored.run().target().id()))
                    .putInt(numbers.computeIfAbsent(stored.file(), _ -> FIRST_NUMBER + numbers.size())
                            | flag(stored.file(), later))
                    .putLong(stored.run().address())
                    .putLong(stored.run().pages())
                    .putLong(stored.offset());
        }
        Map<Integer, Fd> files = new HashMap<>();
        numbers.forEach((file, number) -> files.put(number, file));
        later.ifPresent(file -> files.put(COME_NUMBER, file.come()));
        return new FilledFiles(Descriptors.memfd("pages-table", content.flip(), false), files);
    }

    private static int flag(Fd file, Optional<LaterFile> later) {
        return later.filter(each -> each.file().equals(file)).isPresent() ? LATER : 0;
    }

    @Override
    public void close() {
        table.close();
    }
}
