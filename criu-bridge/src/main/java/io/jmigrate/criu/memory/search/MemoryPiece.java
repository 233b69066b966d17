package io.jmigrate.criu.memory.search;

import io.jmigrate.criu.inspect.ImagedMapping;
import io.jmigrate.criu.inspect.MappingKind;
import io.jmigrate.criu.inspect.MemorySource;
import io.jmigrate.criu.memory.MemoryPass;
import io.jmigrate.criu.memory.PageVisitor;
import io.jmigrate.criu.memory.Space;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A piece of a process's memory, from its first byte to its last. What the images don't hold of it is zeros. */
public final class MemoryPiece implements PageVisitor {
    private final Space space;
    private final long shift;
    private final long end;
    private final Sink sink;
    private long at;
    private long pages;

    /** Where the bytes go, one behind the other. */
    public interface Sink {
        void bytes(byte[] bytes, int offset, int length) throws IOException;

        void zeros(long count) throws IOException;
    }

    /**
     * What there was of a piece.
     *
     * @param bytes its length
     * @param pages how many of its pages were in the images, the first and the last perhaps in part
     */
    public record Taken(long bytes, long pages) {}

    private MemoryPiece(Space space, long shift, long start, long end, Sink sink) {
        this.space = space;
        this.shift = shift;
        this.at = start;
        this.end = end;
        this.sink = sink;
    }

    /**
     * Takes it out.
     *
     * @param mapping that holds the first byte; of shared memory all the others too
     * @param start address of the first byte
     * @param end address behind the last
     * @throws IOException what the sink throws
     */
    public static Taken run(MemorySource source, ImagedMapping mapping, long start, long end, Sink sink)
            throws IOException {
        boolean shared = mapping.kind() == MappingKind.SHARED_ANONYMOUS;
        MemoryPiece piece = new MemoryPiece(
                shared ? new Space.Shared(mapping.object()) : new Space.OfProcess(mapping.pid()),
                shared ? mapping.start() - mapping.offset() : 0,
                start,
                end,
                sink);
        try {
            MemoryPass.run(source, piece);
            piece.zerosTo(end);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return new Taken(end - start, piece.pages);
    }

    @Override
    public boolean wants(Space wanted) {
        return wanted.equals(space);
    }

    @Override
    public void page(Space of, long place, byte[] bytes, int offset) {
        long address = place + shift;
        long from = Math.max(address, at);
        long to = Math.min(address + MemoryPass.PAGE_BYTES, end);
        if (from >= to) {
            return;
        }
        try {
            zerosTo(from);
            sink.bytes(bytes, offset + (int) (from - address), (int) (to - from));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        at = to;
        pages++;
    }

    private void zerosTo(long address) throws IOException {
        if (address > at) {
            sink.zeros(address - at);
            at = address;
        }
    }
}
