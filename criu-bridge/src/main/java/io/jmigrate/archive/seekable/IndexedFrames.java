package io.jmigrate.archive.seekable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Frames of zstd, then their digests and their table, each as a frame that other readers pass over. */
final class IndexedFrames implements FrameSink {
    private final WritableByteChannel out;
    private final FrameDigest digest;
    private final UnaryOperator<byte[]> signer;
    private final SeekTable.Builder table = new SeekTable.Builder();
    private final FrameChecksums.Builder checksums;

    /** @param signer signs the digests, which are such as nobody can forge then */
    IndexedFrames(WritableByteChannel out, Optional<UnaryOperator<byte[]>> signer) {
        this.out = out;
        this.digest = signer.isPresent() ? FrameDigest.SHA256 : FrameDigest.CRC32C;
        this.signer = signer.orElse(UnaryOperator.identity());
        this.checksums = new FrameChecksums.Builder(digest);
    }

    @Override
    public byte[] digest(ByteBuffer compressed) {
        return digest.of(compressed);
    }

    @Override
    public void frame(ByteBuffer compressed, byte[] digested, int contentBytes) throws IOException {
        table.add(compressed.remaining(), contentBytes, lastInt(compressed));
        checksums.add(digested);
        Whole.write(out, compressed);
    }

    /** The checksum of its content that a frame of zstd ends with. */
    private static int lastInt(ByteBuffer frame) {
        return frame.duplicate().order(ByteOrder.LITTLE_ENDIAN).getInt(frame.limit() - Integer.BYTES);
    }

    @Override
    public void finish() throws IOException {
        table.add(checksums.bytes(), 0, SeekTable.CHECKSUM_OF_NOTHING);
        byte[] tableFrame = table.write();
        byte[] digests = checksums.write(digest(ByteBuffer.wrap(tableFrame)), signer);
        Whole.write(out, ByteBuffer.wrap(digests));
        Whole.write(out, ByteBuffer.wrap(tableFrame));
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
