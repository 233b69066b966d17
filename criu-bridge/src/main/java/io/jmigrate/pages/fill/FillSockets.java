package io.jmigrate.pages.fill;

import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.FdPair;
import io.jmigrate.runtime.linux.SocketType;
import io.jmigrate.runtime.linux.Sockets;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What this process and {@code jmigrate-fill} are joined by (native/fill/fill.h); the first of each pair is here.
 *
 * @param control to the guard
 * @param pages to the filler
 * @param kept from the filler
 */
record FillSockets(FdPair control, FdPair pages, FdPair kept) implements AutoCloseable {
    private static final int CONTROL_NUMBER = 3;
    private static final int PAGES_NUMBER = 4;
    private static final int KEPT_NUMBER = 5;

    static FillSockets make() {
        return new FillSockets(
                Sockets.pair(SocketType.SEQPACKET),
                Sockets.pair(SocketType.SEQPACKET),
                Sockets.pair(SocketType.SEQPACKET));
    }

    private Map<Integer, Fd> theirs() {
        return Map.of(CONTROL_NUMBER, control.second(), PAGES_NUMBER, pages.second(), KEPT_NUMBER, kept.second());
    }

    /** The other ends, and a table, by the numbers that they have there. */
    Map<Integer, Fd> theirs(Fd wiped) {
        Map<Integer, Fd> all = new HashMap<>(theirs());
        all.put(WipedTable.NUMBER, wiped);
        return all;
    }

    /** The same for a filler that has files. */
    Map<Integer, Fd> theirs(Fd wiped, FilledFiles filled) {
        Map<Integer, Fd> all = new HashMap<>(filled.files());
        all.putAll(theirs(wiped));
        all.put(PAGES_NUMBER, filled.table());
        return all;
    }

    /** They are theirs alone now. */
    void closeTheirs() {
        theirs().values().forEach(Fd::close);
    }

    @Override
    public void close() {
        Stream.of(control, pages, kept).forEach(FdPair::close);
    }
}
