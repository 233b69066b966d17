package io.jmigrate.runtime.network;

import java.util.List;

/**
 * The table of nftables that is the {@link NetworkLock}, as messages to the kernel: two chains, for what comes in and what goes out,
 * which drop everything but what CRIU has marked.
 */
final class LockTable {
    private static final FilterTable TABLE = new FilterTable("jmigrate-lock");

    private LockTable() {}

    /** Makes it, or wakes it up. */
    static List<NetlinkMessage> awake() {
        return List.of(
                TABLE.made(0),
                TABLE.chain("in", FilterTable.INPUT, FilterTable.DROP),
                TABLE.chain("out", FilterTable.OUTPUT, FilterTable.DROP),
                TABLE.noRules("in"),
                TABLE.noRules("out"),
                TABLE.acceptMarked("in"),
                TABLE.acceptMarked("out"));
    }

    /** It is there and does nothing. */
    static List<NetlinkMessage> dormant() {
        return List.of(TABLE.made(FilterTable.DORMANT));
    }

    /** It is gone, whether it was there or not. */
    static List<NetlinkMessage> gone() {
        return List.of(TABLE.made(FilterTable.DORMANT), TABLE.deleted());
    }
}
