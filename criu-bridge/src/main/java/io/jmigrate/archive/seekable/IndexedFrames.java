package io.jmigrate.archive.seekable;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Frames of zstd, then their digests and their table, each as a frame that other readers pass over. */
final class IndexedFrames implements FrameSink {
    private final OutputStream out;
    private final FrameDigest digest;
    private final UnaryOperator<byte[]> signer;
    private final SeekTable.Builder table = new SeekTable.Builder();
    private final FrameChecksums.Builder checksums;

    /** @param signer signs the digests, which are such as nobody can forge then */
    IndexedFrames(OutputStream out, Optional<UnaryOperator<byte[]>> signer) {
        this.out = out;
        this.digest = signer.isPresent() ? FrameDigest.SHA256 : FrameDigest.CRC32C;
        this.signer = signer.orElse(UnaryOperator.identity());
        this.checksums = new FrameChecksums.Builder(digest);
    }

    @Override
    public byte[] digest(byte[] compressed) {
        return digest.of(ByteBuffer.wrap(compressed));
    }

    @Override
    public void frame(byte[] compressed, byte[] digested, int contentBytes) throws IOException {
        out.write(compressed);
        table.add(compressed.length, contentBytes, lastInt(compressed));
        checksums.add(digested);
    }

    /** The checksum of its content that a frame of zstd ends with. */
    private static int lastInt(byte[] frame) {
        return ByteBuffer.wrap(frame).order(ByteOrder.LITTLE_ENDIAN).getInt(frame.length - Integer.BYTES);
    }

    @Override
    public void finish() throws IOException {
        table.add(checksums.bytes(), 0, SeekTable.CHECKSUM_OF_NOTHING);
        byte[] tableFrame = table.write();
        out.write(checksums.write(digest(tableFrame), signer));
        out.write(tableFrame);
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
