package io.jmigrate.archive.seekable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Content that can be read at any place, by any number of threads at once. */
public sealed interface SeekableContent extends AutoCloseable permits PlainContent, FramedContent {
    /** Size of the content, decompressed. */
    long bytes();

    /**
     * Fills the buffer with the content from there on. Nothing is given out that its checksum doesn't fit.
     *
     * @param offset with the buffer's room within the content
     * @throws DamagedException if the file isn't what its table says, or ends early
     */
    void read(long offset, ByteBuffer into) throws IOException;

    /**
     * Reads the whole file and compares it with its checksums, if it has any; what another call has taken before is left to that.
     *
     * @param threads that take part
     * @throws DamagedException that names the place which differs, if anybody has found one by then
     */
    void check(int threads) throws IOException;

    /** Whether it has checksums. */
    boolean checkable();

    /**
     * The digests of the whole file that {@link #check} and {@link #read} compare it with, and somebody's signature of them, which
     * is the caller's to judge.
     */
    Optional<SignedBytes> signed();

    @Override
    void close() throws IOException;
}
