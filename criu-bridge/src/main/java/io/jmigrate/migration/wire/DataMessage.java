package io.jmigrate.migration.wire;

import io.jmigrate.migration.wire.ControlMessage.Section;
import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageSink;
import io.jmigrate.pages.PageTarget;
import io.jmigrate.pages.kept.PageName;
import java.nio.ByteBuffer;

/** What a data connection carries, in order. */
public sealed interface DataMessage {
    /**
     * Pages with their bytes, in the place of what came for them before.
     *
     * @param data remaining bytes, somebody else's: copied before {@link Data#send} returns, good until the next {@link Data#receive}
     */
    record Pages(PageRun run, ByteBuffer data) implements DataMessage {}

    /**
     * The same, compressed ({@link io.jmigrate.pages.zstd}).
     *
     * @param data as in {@link Pages}
     */
    record CompressedPages(PageRun run, ByteBuffer data) implements DataMessage {}

    /**
     * Pages that hold the same as others of processes do by now, likewise.
     *
     * @param same those, in the same order; they have come
     */
    record KnownPages(PageRun run, PageRun same) implements DataMessage {
        public KnownPages {
            if (run.pages() != same.pages() || run.bytes() > PageSink.DATA_BYTES_MAX) {
                throw new IllegalArgumentException("pages that can't be the same as others");
            }
        }
    }

    /** Says that the sender of a container wants to know the names of what its receiver has kept; once, before all memory. */
    record KeptWanted() implements DataMessage {}

    /**
     * Names of pages that the receiver of a container has kept, in the order of their numbers; said when they are wanted.
     *
     * @param names {@link io.jmigrate.pages.kept.PageName#BYTES} each
     */
    record KeptNames(byte[] names) implements DataMessage {
        public KeptNames {
            if (names.length == 0 || names.length % PageName.BYTES != 0) {
                throw new IllegalArgumentException("names of kept pages that are cut off");
            }
        }
    }

    /** Pages that hold what the receiver has kept, likewise. @param number of the first one; the others follow it */
    record KeptPages(PageRun run, long number) implements DataMessage {
        public KeptPages {
            if (number < 0 || run.bytes() > PageSink.DATA_BYTES_MAX) {
                throw new IllegalArgumentException("pages that can't have been kept");
            }
        }
    }

    /** Pages of zeros, likewise. */
    record ZeroPages(PageRun run) implements DataMessage {}

    /** The process has ended: what came of it is of no use. */
    record ProcessEnded(PageTarget process) implements DataMessage {}

    /**
     * What the source's memory holds, for a comparison: of all pages that the dump has left in the tree, after all images.
     *
     * @param seed of the digests, the same in all of a migration
     * @param words {@link io.jmigrate.pages.compare.PageWord#BYTES} a page
     */
    record PageWords(PageRun run, long seed, byte[] words) implements DataMessage {}

    /** Something else was written to these pages since they went, which does not follow now. */
    record Outdated(PageRun run) implements DataMessage {}

    /** What of the memory has not gone by the end of this round does so when the container runs. */
    record PagesLater() implements DataMessage {}

    /** A round is complete. @param pages how many it had @param last whether no more memory follows */
    record PagesEnd(long pages, boolean last) implements DataMessage {}

    /** One of CRIU's image files begins. @param name without a directory @param size bytes that follow */
    record Image(String name, long size) implements DataMessage {}

    /** The next bytes of the image file. */
    record ImageData(byte[] data) implements DataMessage {}

    /** The same, compressed ({@link io.jmigrate.pages.zstd}). @param length of what it is made of, in bytes */
    record CompressedImageData(int length, byte[] data) implements DataMessage {
        public CompressedImageData {
            if (length < 1 || length > PageSink.DATA_BYTES_MAX) {
                throw new IllegalArgumentException("a compressed piece of an image of an impossible length");
            }
        }
    }

    /**
     * What follows of files is of the filesystem in memory that the container has mounted there.
     *
     * @param mountPoint empty: of the root filesystem, as from the beginning
     */
    record Tree(String mountPoint) implements DataMessage {}

    /** A file, directory or other node of a tree: of the root filesystem unless another was named. */
    record Entry(TreeEntry entry) implements DataMessage {}

    /**
     * A regular file that was sent before is like this by now. Its content stays, cut or extended by zeros to the size, but for what
     * follows.
     */
    record EntryUpdate(TreeEntry entry) implements DataMessage {}

    /** Bytes of the regular file that was announced last. @param offset in bytes; what no message covers of a new one is a hole */
    record EntryData(long offset, byte[] data) implements DataMessage {}

    /** Zeros of the regular file that was announced last. @param offset in bytes @param bytes how many */
    record EntryZeros(long offset, long bytes) implements DataMessage {}

    /** Something that was sent earlier exists no more. @param path relative to the root */
    record EntryRemoved(String path) implements DataMessage {}

    /** Bytes that mean nothing and are not kept. @param data at least one */
    record Filler(byte[] data) implements DataMessage {
        public Filler {
            if (data.length == 0) {
                throw new IllegalArgumentException("a filler of nothing");
            }
        }
    }

    /** A part is complete. @param messages how many data messages it had */
    record SectionEnd(Section section, long messages) implements DataMessage {}

    /** From the destination, whose container runs: it lacks these pages. */
    record Lacking(PageRun run) implements DataMessage {}

    /** From the destination: that is all that it lacks. @param pages how many */
    record LackingEnd(long pages) implements DataMessage {}

    /** From the destination: a program waits for the first of these pages, and will soon want the others. */
    record Wanted(PageRun run) implements DataMessage {}

    /** From the destination: so many more pages have been kept. */
    record Kept(long pages) implements DataMessage {}

    /**
     * From the destination: it lacks nothing any more.
     *
     * @param waits how often its programs have waited for what it lacked
     * @param medianNanos half of these waits took no longer, 0 if there were none, as below
     * @param p99Nanos 99 % took no longer
     * @param maxNanos none took longer
     */
    record AllKept(long waits, long medianNanos, long p99Nanos, long maxNanos) implements DataMessage {}
}
