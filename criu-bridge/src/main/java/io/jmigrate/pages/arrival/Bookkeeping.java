package io.jmigrate.pages.arrival;

import io.jmigrate.pages.PageCode;
import io.jmigrate.runtime.failure.Failure;

/**
 * What it takes to keep account of memory that arrives: heap of this process, of which whoever sends decides how much, as it grows with the
 * places that pages are strewn over. All arrivals together have a part of the heap, and none has ever more than is left then: one that
 * strews its pages without end fails, and leaves the others as much as it had itself.
 */
public final class Bookkeeping {
    private static final int KIB = 1 << 10;
    private static final int MIB = 1 << 20;

    private final long heapBytesMax;
    private long used;

    /** @param heapBytesMax for all accounts together */
    Bookkeeping(long heapBytesMax) {
        this.heapBytesMax = heapBytesMax;
    }

    /** Three quarters of the heap that there can be. */
    public static Bookkeeping ofThisProcess() {
        return new Bookkeeping(Runtime.getRuntime().maxMemory() / 4 * 3);
    }

    /** The account of one more arrival. @param keptBytesMax what it may keep in memory altogether: pages, tables of them, images */
    public Account open(long keptBytesMax) {
        return new Account(keptBytesMax);
    }

    /** What one arrival takes. Whatever it has is given back when it is closed. Safe for use by several threads. */
    public final class Account implements AutoCloseable {
        private final long keptBytesMax;
        private long heap;
        private long kept;
        private boolean closed;

        private Account(long keptBytesMax) {
            this.keptBytesMax = keptBytesMax;
        }

        /**
         * So many bytes of heap are about to be taken, or are given back if below zero. When it is closed all has been given back.
         *
         * @throws Failure PAGES_NO_SPACE
         */
        void heap(long bytes) {
            synchronized (Bookkeeping.this) {
                if (closed) {
                    return;
                }
                if (bytes > 0 && heap + bytes > heapBytesMax - used - bytes) {
                    throw Failure.of(
                            PageCode.PAGES_NO_SPACE,
                            "its memory is strewn over more places than this node can keep account of: it has "
                                    + heapBytesMax / MIB + " MiB of heap for that, for all that arrive");
                }
                heap += bytes;
                used += bytes;
            }
        }

        /** So many bytes are about to be kept in memory, or are given back if below zero. @throws Failure PAGES_PROTOCOL */
        public synchronized void kept(long bytes) {
            if (bytes > keptBytesMax - kept) {
                throw tooMuch();
            }
            kept += bytes;
        }

        /** @throws Failure PAGES_PROTOCOL if so many bytes are more than it may keep altogether */
        void requireRoom(long bytes) {
            if (bytes > keptBytesMax) {
                throw tooMuch();
            }
        }

        private Failure tooMuch() {
            return Failure.of(
                    PageCode.PAGES_PROTOCOL,
                    "more memory and images than this node takes of it, over " + keptBytesMax / KIB + " KiB");
        }

        @Override
        public void close() {
            synchronized (Bookkeeping.this) {
                used -= heap;
                heap = 0;
                closed = true;
            }
        }
    }
}
